import type { Program } from '../../engine/compile.ts';
import type { Status } from '../../engine/status.ts';
import { Subject } from '../../engine/subject.ts';
import {
  type Document,
  type JunitCase,
  jsonDocument,
  junitDocument,
  yamlDocument,
} from '../../reporters/native/index.ts';
import type { Io } from '../io.ts';
import { Failure } from './failure.ts';
import type { Files } from './files.ts';
import { compileRules, readRuleFile } from './rule-files.ts';
import { EXIT, isMet, outcomesOf, readTestFile, statusNamed, TestFileError } from './test-cases.ts';
import type { TestedRules } from './test-folder.ts';
import type { UnitTest } from './unit-tests.ts';

export type TestFormat = 'json' | 'yaml' | 'junit';

/** What happened to the tests of one rule file. */
export type TestResult =
  | { readonly rules: string; readonly time: number; readonly cases: readonly CaseResult[] }
  | {
      readonly rules: string;
      readonly time: number;
      readonly error: string;
      /** Which file cannot be used. */
      readonly unusable: 'rules' | 'tests';
    };

interface CaseResult {
  readonly name: string;
  readonly time: number;
  readonly passed: readonly { readonly name: string; readonly evaluated: Status }[];
  readonly failed: readonly {
    readonly name: string;
    readonly expected: Status;
    readonly evaluated: readonly Status[];
  }[];
  /** Rules without an expectation. */
  readonly skipped: readonly string[];
}

/**
 * Runs the tests of one rule file.
 *
 * @returns null for a rule file without rules
 * @throws {Failure} when a rule cannot be evaluated
 */
export function testResult(tested: TestedRules, files: Files, io: Io): TestResult | null {
  const start = io.now();
  const { rules } = tested;
  let program: Program | null;
  try {
    program = compileRules(readRuleFile(files, rules, tested.name), files.limits);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { rules, time: since(start, io), error: error.message, unusable: 'rules' };
  }
  if (program === null) return null;
  try {
    const cases = runCases(program, tested.testFiles, files, io);
    return { rules, time: cases.reduce((sum, { time }) => sum + time, 0), cases };
  } catch (error) {
    if (!(error instanceof TestFileError)) throw error;
    return { rules, time: since(start, io), error: error.message, unusable: 'tests' };
  }
}

function runCases(program: Program, testFiles: readonly string[], files: Files, io: Io): CaseResult[] {
  return testFiles.flatMap((path) => readTestFile(files, path, '').map((test) => runCase(program, test, io)));
}

function runCase(program: Program, { name, input, expectations }: UnitTest, io: Io): CaseResult {
  const start = io.now();
  const outcomes = outcomesOf(program, new Subject(input));
  const passed: CaseResult['passed'][number][] = [];
  const failed: CaseResult['failed'][number][] = [];
  const skipped: string[] = [];
  for (const outcome of outcomes) {
    const word = expectations.get(outcome.rule);
    if (word === undefined) {
      skipped.push(outcome.rule);
      continue;
    }
    const expected = expectedStatus(word);
    if (isMet(expected, outcome)) passed.push({ name: outcome.rule, evaluated: expected });
    else failed.push({ name: outcome.rule, expected, evaluated: outcome.statuses });
  }
  return { name: name ?? '', time: since(start, io), passed, failed, skipped };
}

/** A word that is no status is trouble with the test file here, where the console report gives up. */
function expectedStatus(word: string): Status {
  try {
    return statusNamed(word);
  } catch (error) {
    throw error instanceof Failure ? new TestFileError(error.message) : error;
  }
}

function since(start: number, io: Io): number {
  return Math.floor(io.now() - start);
}

/** The exit code for results: trouble with a file beats expectations that are not met. */
export function exitCodeOf(results: readonly TestResult[]): number {
  if (results.some((result) => 'error' in result)) return EXIT.unusable;
  const isUnmet = results.some(
    (result) => 'cases' in result && result.cases.some(({ failed }) => failed.length > 0),
  );
  return isUnmet ? EXIT.unmet : EXIT.clean;
}

/** The text of one result, or of those of a folder. */
export function testDocument(results: TestResult | readonly TestResult[], format: TestFormat): string {
  if (format === 'junit') return junitText('rules' in results ? [results] : results);
  const document = 'rules' in results ? resultDocument(results) : results.map(resultDocument);
  return format === 'json' ? jsonDocument(document) : yamlDocument(document);
}

function resultDocument(result: TestResult): Document {
  if ('error' in result) return { rule_file: result.rules, error: result.error };
  const cases = result.cases.map(({ name, passed, failed, skipped }) => ({
    name,
    passed_rules: passed.map((rule) => ({ ...rule })),
    failed_rules: failed.map((rule) => ({ ...rule })),
    skipped_rules: skipped.map((rule) => ({ name: rule })),
  }));
  return { rule_file: result.rules, test_cases: cases };
}

function junitText(results: readonly TestResult[]): string {
  const suites = results.map((result) => ({
    name: result.rules,
    time: result.time,
    cases: 'error' in result ? [errorCase(result)] : result.cases.flatMap(junitCases),
  }));
  const time = suites.reduce((sum, suite) => sum + suite.time, 0);
  return junitDocument({ name: 'cfn-guard test report', time, suites });
}

function errorCase({ rules, time, error }: Extract<TestResult, { error: string }>): JunitCase {
  return { name: rules, time, outcome: { kind: 'error', text: error } };
}

function junitCases({ name: id, time, passed, failed }: CaseResult): JunitCase[] {
  return [
    ...passed.map(({ name }): JunitCase => ({ id, name, time, outcome: { kind: 'pass' } })),
    ...failed.map(({ name, expected, evaluated }): JunitCase => {
      const text = `Expected = ${expected}, Evaluated = [${evaluated.join(', ')}]`;
      return { id, name, time, outcome: { kind: 'fail', message: null, texts: [text] } };
    }),
  ];
}
