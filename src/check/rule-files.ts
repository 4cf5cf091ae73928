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
import { type FileFacts, readRegularFile } from './regular-file.ts';

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
    tried(absolute[at]!, () => filesOf(path, absolute[at]!, files, onDiagnostic)).flatMap(([file, facts]) =>
      tried(file, () => [{ path: shown(file), content: files.staged(file) ?? readRegularFile(file, facts) }]),
    ),
  );
}

/** The absolute path of a file, and what is known about what stands there. */
type Found = readonly [path: string, facts: FileFacts | undefined];

/**
 * The files that a path stands for, in the order of their paths.
 *
 * @throws a system error when it, or a folder below it, cannot be looked at
 */
function filesOf(
  given: string,
  path: string,
  files: ProjectFiles,
  onDiagnostic: (diagnostic: Diagnostic) => void,
): Found[] {
  if (files.staged(path) !== undefined) return [[path, undefined]];
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts !== undefined && !facts.isDirectory()) return [[path, facts]];
  const below = facts === undefined ? new Map<string, FileFacts | undefined>() : filesBelow(path);
  for (const file of files.stagedBelow(path)) if (RULE_FILE.test(file)) below.set(file, undefined);
  if (below.size === 0) onDiagnostic(nothingThere(given, path, facts !== undefined));
  return [...below.keys()].sort().map((file) => [file, below.get(file)]);
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
  return [...filesBelow(folder).keys()].sort();
}

/**
 * The rule files by their absolute paths, in any order. Of links it is not known what they lead to.
 *
 * Node's own recursion takes five times as long.
 */
function filesBelow(folder: string): Map<string, FileFacts | undefined> {
  const found = new Map<string, FileFacts | undefined>();
  // `real` is without links in it, as are the folders above it, so that a link that leads back to one of them is seen.
  const visit = (path: string, real: string, above: readonly string[]) => {
    if (above.includes(real)) return;
    for (const entry of readdirSync(real, { withFileTypes: true })) {
      const below = path + sep + entry.name;
      const realBelow = realFolder(real, entry);
      if (realBelow !== undefined) visit(below, realBelow, [...above, real]);
      else if (RULE_FILE.test(entry.name)) found.set(below, entry.isSymbolicLink() ? undefined : entry);
    }
  };
  visit(folder, realpathSync.native(folder), []);
  return found;
}

/**
 * The real path of an entry that is a folder, perhaps behind a link; undefined for any other. Only a link has to be
 * resolved, since all other folders are where the real path of the one that they are in says.
 */
function realFolder(here: string, entry: Dirent): string | undefined {
  const path = here + sep + entry.name;
  if (entry.isDirectory()) return path;
  return entry.isSymbolicLink() && isFolder(path) ? realpathSync.native(path) : undefined;
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
