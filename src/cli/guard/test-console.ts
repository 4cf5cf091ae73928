import { isUtf8 } from 'node:buffer';
import type { Program } from '../../engine/compile.ts';
import { Subject } from '../../engine/subject.ts';
import { verboseTree } from '../../reporters/native/index.ts';
import { recordsOf } from './evaluation.ts';
import { Failure } from './failure.ts';
import { type Files, NOT_UTF8 } from './files.ts';
import { compileRules, readRuleFile } from './rule-files.ts';
import { EXIT, isMet, outcomesOf, readTestFile, statusNamed, TestFileError } from './test-cases.ts';
import type { TestedRules } from './test-folder.ts';
import type { Transcript } from './transcript.ts';
import type { UnitTest } from './unit-tests.ts';

/** What the console reports of `test` need. */
export interface TestConsole {
  readonly files: Files;
  readonly transcript: Transcript;
  readonly verbose: boolean;
}

/** @returns the exit code: the last trouble decides. @throws {Failure} */
export function testFile(rules: string, testFiles: readonly string[], console: TestConsole): number {
  const { files, transcript } = console;
  if (!isUtf8(files.read(rules, 'ruleSize'))) {
    transcript.out(`Unable to read rule file content ${NOT_UTF8}`);
    return EXIT.unusable;
  }
  return testRules({ rules, name: rules, testFiles }, EXIT.unusable, console);
}

/** @returns the exit code: the first trouble decides, unless a rule file is malformed. @throws {Failure} */
export function testFolder(folder: readonly TestedRules[], console: TestConsole): number {
  const { transcript } = console;
  let exitCode: number = EXIT.clean;
  for (const tested of folder) {
    if (tested.testFiles.length === 0) {
      transcript.out(`Guard File ${tested.rules} did not have any tests associated, skipping.\n---\n`);
      continue;
    }
    transcript.out(`Testing Guard File ${tested.rules}\n`);
    const code = testRules(tested, MALFORMED, console);
    if (code === MALFORMED) exitCode = EXIT.unmet;
    else if (exitCode === EXIT.clean) exitCode = code;
    transcript.out('---\n');
  }
  return exitCode;
}

/** Stands for a malformed rule file until the exit code is decided. */
const MALFORMED = -1;

function testRules(tested: TestedRules, malformed: number, console: TestConsole): number {
  const program = compileOrSay(tested, console);
  if (program === undefined) return malformed;
  return program === null ? EXIT.clean : new CaseRun(program, console).run(tested.testFiles);
}

function compileOrSay(
  { rules, name }: TestedRules,
  { files, transcript }: TestConsole,
): Program | null | undefined {
  const source = readRuleFile(files, rules, name);
  try {
    return compileRules(source, files.limits);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    transcript.out(`Parse Error on ruleset file ${error.message}\n`);
    return undefined;
  }
}

/** The cases of all test files of one rule file, numbered through. */
class CaseRun {
  readonly #program: Program;
  readonly #console: TestConsole;
  #number = 0;

  constructor(program: Program, console: TestConsole) {
    this.#program = program;
    this.#console = console;
  }

  /** @returns the exit code */
  run(testFiles: readonly string[]): number {
    const { files, transcript } = this.#console;
    let exitCode: number = EXIT.clean;
    for (const path of testFiles) {
      try {
        const results = readTestFile(files, path, ',').map((test) => this.#runCase(test));
        if (results.includes(false)) exitCode = EXIT.unmet;
      } catch (error) {
        if (!(error instanceof TestFileError)) throw error;
        transcript.out(`Error processing ${error.message}\n`);
        exitCode = EXIT.unusable;
      }
    }
    return exitCode;
  }

  /** @returns whether all expectations are met */
  #runCase({ name, input, expectations }: UnitTest): boolean {
    const { transcript, verbose } = this.#console;
    this.#number++;
    transcript.out(`Test Case #${this.#number}\n${name === null ? '' : `Name: ${name}\n`}`);
    const subject = new Subject(input);
    const met: string[] = [];
    const unmet: string[] = [];
    for (const outcome of outcomesOf(this.#program, subject)) {
      const { rule, statuses } = outcome;
      const word = expectations.get(rule);
      if (word === undefined) {
        transcript.out(`  No Test expectation was set for Rule ${rule}\n`);
        continue;
      }
      const expected = statusNamed(word);
      if (isMet(expected, outcome)) met.push(`    ${rule}: Expected = ${expected}\n`);
      else unmet.push(`    ${rule}: Expected = ${expected}, Evaluated = [${statuses.join(', ')}]\n`);
    }
    if (verbose) transcript.out(verboseTree(recordsOf(this.#program, subject), this.#program.source, ''));
    transcript.out(`${group('FAIL', unmet)}${group('PASS', met)}\n`);
    return unmet.length === 0;
  }
}

function group(name: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `  ${name} Rules:\n${lines.join('')}`;
}
