import { Subject } from '../../engine/subject.ts';
import type { Limits } from '../../source/limits.ts';
import { DataError, loadGuardData } from '../../template/guard-data.ts';
import { mergeData } from '../../template/merge.ts';
import type { Template } from '../../template/template.ts';
import type { Value } from '../../value/value.ts';
import { Failure } from './failure.ts';
import type { Files, Order } from './files.ts';

/** Endings of the files that are read as data, even when a file is named itself. */
const DATA_FILE = /\.(yaml|yml|json|jsn|template)$/;

/** One data file to be judged. */
export interface DataFile {
  readonly name: string;
  /** Its own text, without the input parameters. */
  readonly text: string;
  /**
   * The data together with the input parameters.
   *
   * @throws {Failure} when they cannot be merged, which the native tool notices only when it evaluates
   */
  subject(): Subject;
}

/**
 * Reads all data files at and below the given paths. The first one that cannot be used ends the run.
 *
 * @throws {Failure}
 */
export function readDataFiles(files: Files, paths: readonly string[], order: Order): Template[] {
  return found(files, paths, order, (path) => files.canonical(path));
}

/**
 * Reads all files with input parameters and merges them.
 *
 * @returns null when there are none
 * @throws {Failure}
 */
export function readParameters(files: Files, paths: readonly string[], order: Order): Value | null {
  const templates = found(files, paths, order, (path) => path.slice(path.lastIndexOf('/') + 1));
  if (templates.length === 0) return null;
  return failing(() => templates.map(({ root }) => root).reduce(mergeData));
}

/** @throws {Failure} */
export function readData(name: string, bytes: Uint8Array, limits: Limits): Template {
  return failing(() => loadGuardData(name, bytes, limits));
}

export function dataFile({ source, root }: Template, parameters: Value | null): DataFile {
  let subject: Subject | undefined;
  return {
    name: source.name,
    text: source.text,
    subject: () => {
      subject ??= new Subject(parameters === null ? root : failing(() => mergeData(parameters, root)));
      return subject;
    },
  };
}

function found(
  files: Files,
  paths: readonly string[],
  order: Order,
  nameOf: (path: string) => string,
): Template[] {
  return paths.flatMap((given) => {
    files.requireExisting(given);
    return [...files.walk(given, order)].flatMap((path) => {
      const name = nameOf(path);
      return DATA_FILE.test(name) ? [readData(name, files.read(path), files.limits)] : [];
    });
  });
}

function failing<T>(load: () => T): T {
  try {
    return load();
  } catch (error) {
    throw error instanceof DataError ? new Failure(error.message) : error;
  }
}
