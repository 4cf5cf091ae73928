import { isUtf8 } from 'node:buffer';
import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { type Diagnostic, DiagnosticError } from '../source/diagnostic.ts';
import { type Limits, MIB, raising, STANDARD_LIMITS } from '../source/limits.ts';
import { Source } from '../source/source.ts';
import { describeInvalidByte } from '../template/decode.ts';
import type { Blob } from './inputs.ts';
import { displayPaths, suggestion } from './paths.ts';
import type { ProjectFiles } from './project-files.ts';
import { readRegularFile } from './regular-file.ts';

const RULE_FILE = /\.(guard|ruleset)$/;

/** A rule file of the user. */
export interface RuleFile {
  /** As the user knows it; see {@link displayPath}. */
  readonly path: string;
  readonly content: Blob | Buffer;
}

/**
 * The rule files that the user named: files as they are, folders with every rule file in them.
 *
 * @param paths absolute, or relative to `base`
 * @param cwd what the names of the files are relative to
 * @param onDiagnostic told of each path that cannot be used; the others still count
 */
export async function findRuleFiles(
  paths: readonly string[],
  { base, cwd, files }: { readonly base: string; readonly cwd: string; readonly files: ProjectFiles },
  onDiagnostic: (diagnostic: Diagnostic) => void,
): Promise<RuleFile[]> {
  const absolute = paths.map((path) => resolve(base, path));
  const unusual = absolute.filter((path) => !RULE_FILE.test(path) && !isFolder(path));
  if (unusual.length > 0) await files.announce(unusual);
  const shown = displayPaths(cwd);
  const tried = <Found>(path: string, find: () => Found[]): Found[] => {
    try {
      return find();
    } catch (error) {
      onDiagnostic(unreadable(shown(path), error));
      return [];
    }
  };
  return paths.flatMap((path, at) =>
    tried(absolute[at]!, () => pathsOf(path, absolute[at]!, files, onDiagnostic)).flatMap((file) =>
      tried(file, () => [{ path: shown(file), content: files.staged(file) ?? readRegularFile(file) }]),
    ),
  );
}

/**
 * Absolute paths of the files that a path stands for.
 *
 * @throws a system error when it, or a folder below it, cannot be looked at
 */
function pathsOf(
  given: string,
  path: string,
  files: ProjectFiles,
  onDiagnostic: (diagnostic: Diagnostic) => void,
): string[] {
  if (files.staged(path) !== undefined) return [path];
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts !== undefined && !facts.isDirectory()) return [path];
  const below = [
    ...(facts === undefined ? [] : ruleFilesBelow(path)),
    ...files.stagedBelow(path).filter((file) => RULE_FILE.test(file)),
  ];
  if (below.length > 0) return [...new Set(below)].sort();
  onDiagnostic(nothingThere(given, path, facts !== undefined));
  return [];
}

function nothingThere(given: string, path: string, exists: boolean): Diagnostic {
  const code = 'rules-unreadable';
  if (exists)
    return {
      code,
      message: `there is no rule file in \`${given}\``,
      help: 'rule files end in `.guard` or `.ruleset`',
    };
  return {
    code,
    message: `there is no rule file or folder \`${given}\``,
    help: suggestion(path) ?? 'give the path of a `.guard` file, or of a folder that has some',
  };
}

/**
 * Absolute paths of all rule files in a folder and those below, in the order of their names; links are followed, unless
 * they lead back to a folder that they are in.
 */
export function ruleFilesBelow(folder: string): string[] {
  return namesBelow(realpathSync.native(folder), '')
    .sort()
    .map((name) => folder + sep + name);
}

/**
 * Names of rule files in a folder and those below, with `prefix` before them. Node's own recursion takes five times as long.
 *
 * @param here without links in it, as are the folders `above` it, so that a link that leads back to one of them is seen
 */
function namesBelow(here: string, prefix: string, above: readonly string[] = []): string[] {
  if (above.includes(here)) return [];
  return readdirSync(here, { withFileTypes: true }).flatMap((entry) => {
    const name = prefix + entry.name;
    const folder = realFolder(here, entry);
    if (folder !== undefined) return namesBelow(folder, name + sep, [...above, here]);
    return RULE_FILE.test(name) ? [name] : [];
  });
}

/**
 * The real path of an entry that is a folder, perhaps behind a link; undefined for any other. Only a link has to be
 * resolved, since all other folders are where the real path of the one that they are in says.
 */
function realFolder(here: string, entry: Dirent): string | undefined {
  if (!entry.isDirectory() && !entry.isSymbolicLink()) return undefined;
  const path = resolve(here, entry.name);
  if (entry.isDirectory()) return path;
  return isFolder(path) ? realpathSync.native(path) : undefined;
}

/** Whether there is a folder that can be looked at, perhaps behind a link. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function unreadable(file: string, error: unknown): Diagnostic {
  return {
    code: 'rules-unreadable',
    file,
    message: `the rules cannot be read: ${(error as NodeJS.ErrnoException).code}`,
    help: 'check that it is a file and that you may read it',
  };
}

/**
 * @param name path for messages
 * @throws {DiagnosticError} when the content is not UTF-8, or too large
 */
export function ruleSource(name: string, bytes: Buffer, { ruleSize }: Limits = STANDARD_LIMITS): Source {
  if (bytes.length > ruleSize * MIB)
    throw new DiagnosticError({
      code: 'rules-unreadable',
      file: name,
      message: `the rule file is larger than ${ruleSize} MiB`,
      help: `split it; ${raising('ruleSize')}`,
    });
  if (!isUtf8(bytes))
    throw new DiagnosticError({
      code: 'rules-unreadable',
      file: name,
      ...describeInvalidByte(bytes),
      help: 'save it as UTF-8',
    });
  // A byte order mark stays: the native tool refuses it, with a place.
  return new Source(name, bytes.toString('utf8'));
}
