import { readFileSync } from 'node:fs';
import { type CommandLine, difference } from '../../cli/guard/compare.ts';
import { Random } from '../../support/random.ts';
import { randomData } from './data.ts';
import { mutate } from './mutate.ts';
import { randomRules } from './rules.ts';

/** Real files to start mutations from, by path. */
export interface Corpus {
  readonly rules: readonly string[];
  readonly data: readonly string[];
}

/** One rule file and a few documents, judged in one go. */
export interface Sample {
  readonly rules: string;
  readonly data: readonly string[];
}

export interface Finding {
  /** Makes the same sample again. */
  readonly seed: number;
  readonly sample: Sample;
  readonly format: string;
  readonly difference: string;
}

/** The sample of a seed: generated from the grammar, or made from real files. */
export function sampleOf(seed: number, corpus: Corpus): Sample {
  const random = new Random(seed);
  const generated = corpus.rules.length === 0 || random.chance(0.7);
  const rules = generated ? randomRules(random) : textOf(random, corpus.rules);
  const count = 1 + random.below(4);
  const data = Array.from({ length: count }, () =>
    generated || corpus.data.length === 0 || random.chance(0.2)
      ? randomData(random)
      : textOf(random, corpus.data),
  );
  return {
    rules: generated && random.chance(0.9) ? rules : mutate(random, rules),
    data: data.map((text) => (random.chance(generated ? 0.05 : 0.4) ? mutate(random, text) : text)),
  };
}

function textOf(random: Random, paths: readonly string[]): string {
  return readFileSync(random.pick(paths), 'utf8');
}

/** Mostly the structured report, which is in one order; now and then the others. */
const FORMATS: readonly string[] = [
  ...['-z -S none -o json', '-z -S none -o json', '-z -S none -o json', '-z -S none -o json'],
  ...[
    '-z -S none -o yaml',
    '-z -S none -o sarif',
    '-z -S none -o junit',
    '-S all',
    '-v -S none',
    '-p -S none',
    '',
  ],
];

/**
 * Judges the sample of a seed here and in the native tool.
 *
 * A sample that fails together is looked at document by document, since one document can end the run for all.
 */
export async function probe(seed: number, corpus: Corpus, binary: string): Promise<Finding[]> {
  const sample = sampleOf(seed, corpus);
  const format = new Random(~seed).pick(FORMATS);
  const whole = await compareSample(sample, format, binary);
  if (whole === undefined) return [];
  const findings: Finding[] = [];
  for (const text of sample.data) {
    const single = { rules: sample.rules, data: [text] };
    const found = await compareSample(single, format, binary);
    if (found !== undefined) findings.push({ seed, sample: single, format, difference: found });
  }
  return findings.length > 0 ? findings : [{ seed, sample, format, difference: whole }];
}

/** How the two judge a sample differently, or undefined. */
export function compareSample(
  { rules, data }: Sample,
  format: string,
  binary: string,
): Promise<string | undefined> {
  const line: CommandLine = {
    arguments: ['validate', '--payload', ...format.split(' ').filter((word) => word !== '')],
    cwd: process.cwd(),
    stdin: JSON.stringify({ rules: [rules], data }),
  };
  return difference(binary, line);
}
