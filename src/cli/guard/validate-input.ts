import type { Limits } from '../../source/limits.ts';
import { Source } from '../../source/source.ts';
import type { Template } from '../../template/template.ts';
import type { Value } from '../../value/value.ts';
import type { Io } from '../io.ts';
import type { ValidateArguments } from './commands.ts';
import { type DataFile, dataFile, readData, readDataFiles, readParameters } from './data-files.ts';
import { Failure } from './failure.ts';
import { Files, type Order } from './files.ts';
import { readPayload } from './payload.ts';
import { findRuleFiles, readRuleFile } from './rule-files.ts';
import { readStdin, readStdinText } from './stdin.ts';
import type { Transcript } from './transcript.ts';

/** What `validate` judges, and by what. Rule files may be read only when they are asked for. */
export interface Input {
  readonly limits: Limits;
  readonly data: readonly DataFile[];
  readonly rules: Iterable<Source>;
}

/**
 * Reads data, then parameters, then rules, which decides what is complained about first.
 *
 * @throws {Failure}
 */
export async function readInput(options: ValidateArguments, io: Io, transcript: Transcript): Promise<Input> {
  const files = new Files(io);
  const order = options['last-modified'] ? 'modified' : 'name';
  const templates = await readTemplates(options, files, order, io);
  const parameters = readParameters(files, options['input-params'], order);
  if (options.payload)
    return payloadInput(await readStdinText(io), options.structured ? parameters : null, files.limits);
  // The native tool crashes here.
  if (options.rules.length === 0) throw new Failure('No rules were given');
  const paths = findRuleFiles(files, options.rules, order);
  return {
    limits: files.limits,
    data: templates.map((template) => dataFile(template, parameters)),
    rules: options.structured ? readAll(files, paths, transcript) : readEach(files, paths, transcript),
  };
}

async function readTemplates(
  { data, rules }: ValidateArguments,
  files: Files,
  order: Order,
  io: Io,
): Promise<Template[]> {
  if (data.length > 0) return readDataFiles(files, data, order);
  return rules.length > 0 ? [readData('STDIN', await readStdin(io), files.limits)] : [];
}

/** @param parameters null in the console reports, where the native tool forgets them beside a payload */
function payloadInput(text: string, parameters: Value | null, limits: Limits): Input {
  const { data, rules } = readPayload(text);
  return {
    limits,
    data: data.map((content, index) =>
      dataFile(readData(`DATA_STDIN[${index + 1}]`, Buffer.from(content), limits), parameters),
    ),
    rules: rules.map((content, index) => new Source(`RULES_STDIN[${index + 1}]`, content)),
  };
}

/** Passes over files that cannot be read. */
function* readEach(files: Files, paths: readonly string[], transcript: Transcript): Generator<Source> {
  for (const path of paths) {
    try {
      yield readRuleFile(files, path);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      transcript.error(`Unable read content from file ${error.message}\n`);
    }
  }
}

function readAll(files: Files, paths: readonly string[], transcript: Transcript): Source[] {
  try {
    return paths.map((path) => readRuleFile(files, path));
  } catch (error) {
    if (error instanceof Failure) transcript.error(`Unable to read content from file ${error.message}\n`);
    throw error;
  }
}
