import { parseArgs } from 'node:util';
import { nativeGuard } from '../../support/native.ts';
import { corpus } from './corpus.ts';
import { type Finding, probe, sampleOf } from './fuzz.ts';
import { KNOWN_DIFFERENCES } from './known-differences.ts';

/*
 * Compares random rules and data here and in the native tool: `npm run fuzz -- --seed 1 --runs 10000`. Each run has the
 * seed after the one before, so a finding is repeated with its own seed and `--runs 1`.
 */

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    runs: { type: 'string', default: '1000' },
  },
});
const guard = nativeGuard();
if (guard.path === undefined) throw new Error(guard.reason);
const first = Number(values.seed);
const files = corpus();
let count = 0;
let pairs = 0;
console.error(`seeds ${first} to ${first + Number(values.runs) - 1}, native ${guard.version}`);
for (let seed = first; seed < first + Number(values.runs); seed++) {
  pairs += sampleOf(seed, files).data.length;
  for (const finding of await probe(seed, files, guard.path)) {
    if (KNOWN_DIFFERENCES.some((known) => known.explains(finding.difference))) continue;
    count++;
    console.log(describe(finding));
  }
}
console.error(`${pairs} pairs of rules and data, ${count} differences`);
process.exitCode = count === 0 ? 0 : 1;

function describe({ seed, format, difference, sample }: Finding): string {
  const data = sample.data.map((text) => `--- data\n${text}`).join('\n');
  return `=== seed ${seed}, validate --payload ${format}\n${difference}\n--- rules\n${sample.rules}\n${data}\n`;
}
