import type { Io } from '../io.ts';
import { TEST, type TestArguments } from './commands.ts';
import { Failure } from './failure.ts';
import { Files } from './files.ts';
import { guardCommand } from './run.ts';
import { EXIT } from './test-cases.ts';
import { testFile, testFolder } from './test-console.ts';
import { findTests } from './test-folder.ts';
import { exitCodeOf, type TestFormat, testDocument, testResult } from './test-structured.ts';
import { Transcript } from './transcript.ts';

const TEST_FILE = /\.(json|yaml|JSON|YAML|yml|jsn)$/;

/** `test`: runs unit tests of rules and reports as the native tool does. */
export const runTest = guardCommand(TEST, async (options, io) => {
  refuseUnfitFormats(options);
  const files = new Files(io);
  const transcript = new Transcript(io);
  try {
    return options.dir === undefined
      ? runSingle(options, files, transcript, io)
      : runFolder(options.dir, options, files, transcript, io);
  } finally {
    transcript.flush();
  }
});

function refuseUnfitFormats({ 'output-format': format, verbose }: TestArguments): void {
  if (verbose && format !== 'single-line-summary')
    throw new Failure('Cannot provide an output_type of JSON, YAML, or JUnit while the verbose flag is set');
  if (format === 'sarif')
    throw new Failure('Cannot provide an output_type of SARIF, SARIF reporter is unsupported.');
}

function runFolder(
  folder: string,
  { 'output-format': format, verbose }: TestArguments,
  files: Files,
  transcript: Transcript,
  io: Io,
): number {
  files.requireExisting(folder);
  const tested = findTests(files, folder);
  if (format === 'single-line-summary') return testFolder(tested, { files, transcript, verbose });
  const results = tested
    .filter(({ testFiles }) => testFiles.length > 0)
    .map((each) => testResult(each, files, io))
    .filter((result) => result !== null);
  transcript.out(testDocument(results, format as TestFormat));
  return exitCodeOf(results);
}

function runSingle(options: TestArguments, files: Files, transcript: Transcript, io: Io): number {
  const { 'rules-file': rules, 'test-data': testData, 'output-format': format, verbose } = options;
  // The native tool crashes here.
  if (rules === undefined || testData === undefined)
    throw new Failure('Both a rules file and test data are needed, or a directory');
  files.requireExisting(rules);
  files.requireExisting(testData);
  const order = options.alphabetical ? 'name' : options['last-modified'] ? 'modified' : 'system';
  const testFiles = [...files.walk(testData, order)].filter((path) => TEST_FILE.test(path));
  if (!files.isFile(rules)) throw new Failure('I/O error when reading invalid input parameter');
  if (format === 'single-line-summary') return testFile(rules, testFiles, { files, transcript, verbose });
  const result = testResult({ rules, name: rules, testFiles }, files, io);
  if (result === null) return EXIT.clean;
  transcript.out(testDocument(result, format as TestFormat));
  // A malformed rule file is reported, but does not show in the exit code.
  if ('error' in result && result.unusable === 'rules') return EXIT.clean;
  return exitCodeOf([result]);
}
