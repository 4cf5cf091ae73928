import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nativeGuard } from '../test/support/native.ts';
import { measure, type Timing } from './measure.ts';
import { workspace } from './repository.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';
import { templateFolder } from './templates.ts';

/*
 * `npm run bench`: each job beside what it is compared with, as ratios of medians of one run. `--json` prints the
 * figures as JSON. Progress goes to stderr.
 */

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const CONTROL_TOWER = join(ROOT, '.cache/oracle/package/rules');

function main(argv: readonly string[]): void {
  const native = nativeGuard();
  if (native.path === undefined) process.stderr.write(`Without the native tool: ${native.reason}\n`);
  const scratch = workspace();
  const setting = {
    root: ROOT,
    scratch: scratch.path,
    native:
      native.path !== undefined && existsSync(CONTROL_TOWER)
        ? { binary: native.path, rules: CONTROL_TOWER }
        : null,
    templates: templateFolder(ROOT),
  };
  try {
    const results = SCENARIOS.map((make) => {
      const scenario = make(setting);
      process.stderr.write(`${scenario.title}: ${scenario.about}\n`);
      return { scenario, timings: measure(scenario.commands, scenario.rounds) };
    });
    process.stdout.write(argv.includes('--json') ? `${json(results)}\n` : table(results));
  } finally {
    scratch.remove();
  }
}

interface Measured {
  readonly scenario: Scenario;
  readonly timings: readonly Timing[];
}

/** A Markdown table: one row for each comparison. */
function table(results: readonly Measured[]): string {
  const rows = results.flatMap(({ scenario, timings }) => {
    const [ours, ...others] = timings;
    if (ours === undefined) return [];
    return others.map((other) => {
      const ratio = (ours.median / other.median).toFixed(2);
      return `| ${scenario.title} | ${milliseconds(ours)} | ${other.name}: ${milliseconds(other)} | ${ratio} |`;
    });
  });
  return ['| Job | ours | compared with | ratio |', '|---|---|---|---|', ...rows, ''].join('\n');
}

function milliseconds({ median }: Timing): string {
  return `${median < 10 ? median.toFixed(1) : Math.round(median)} ms`;
}

function json(results: readonly Measured[]): string {
  return JSON.stringify(
    results.map(({ scenario: { title }, timings }) => ({ title, timings })),
    null,
    2,
  );
}

main(process.argv.slice(2));
