import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { printRules } from '../../../src/language/printer.ts';
import { type CommandLine, difference } from '../../cli/guard/compare.ts';
import { Choices, decisions } from '../../properties/arbitraries/choices.ts';
import { document } from '../../properties/arbitraries/data.ts';
import { writeJson, writeYaml } from '../../properties/arbitraries/notation.ts';
import { rulesFile } from '../../properties/arbitraries/rules.ts';
import { rarely, weighted } from '../../properties/property.ts';
import { mutated } from './mutate.ts';
import { respelled } from './respell.ts';

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
  return only(samples(corpus), seed);
}

function samples({ rules, data }: Corpus): fc.Arbitrary<Sample> {
  const sample = (text: fc.Arbitrary<string>, documents: fc.Arbitrary<string>) =>
    fc.record({ rules: text, data: fc.array(documents, { minLength: 1, maxLength: 4 }) });
  const generated = sample(sometimesMutated(generatedRules, 10), sometimesMutated(generatedData, 20));
  if (rules.length === 0 || data.length === 0) return generated;
  const realData = weighted<string>([4, textOf(data)], [1, generatedData]);
  const real = sample(textOf(rules).chain(mutated), sometimesMutated(realData, 3));
  return weighted<Sample>([7, generated], [3, real]);
}

/** Two clocks may tell different times. */
const generatedRules = rulesFile.map(printRules).filter((text) => !text.includes('now('));
const json = fc
  .tuple(document, fc.constantFrom('', '  '))
  .map(([value, indent]) => writeJson(value, indent, false).text);
const yaml = fc
  .tuple(document, decisions)
  .map(([value, numbers]) => writeYaml(value, new Choices(numbers), { aliases: false }).text);
const generatedData = weighted<string>([2, json], [3, yaml], [1, json.chain(respelled)]);

function sometimesMutated(texts: fc.Arbitrary<string>, oneIn: number): fc.Arbitrary<string> {
  return fc
    .tuple(texts, rarely(oneIn))
    .chain(([text, isMutated]) => (isMutated ? mutated(text) : fc.constant(text)));
}

function textOf(paths: readonly string[]): fc.Arbitrary<string> {
  return fc.constantFrom(...paths).map((path) => readFileSync(path, 'utf8'));
}

function only<T>(arbitrary: fc.Arbitrary<T>, seed: number): T {
  return fc.sample(fc.noBias(arbitrary), { seed, numRuns: 1 })[0]!;
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
  const format = only(fc.constantFrom(...FORMATS), ~seed);
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
