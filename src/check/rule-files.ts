import { isUtf8 } from 'node:buffer';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { type Diagnostic, DiagnosticError } from '../source/diagnostic.ts';
import { Source } from '../source/source.ts';
import { displayPath, suggestion } from './paths.ts';

const RULE_FILE = /\.(guard|ruleset)$/;

/**
 * The rule files that the user named: files as they are, folders with every rule file in them.
 *
 * @param paths relative to `base`, or absolute
 * @param cwd what the names of the sources are relative to
 * @param onDiagnostic told of each path that cannot be used; the others are still read
 */
export function ruleSources(
  paths: readonly string[],
  { base, cwd }: { readonly base: string; readonly cwd: string },
  onDiagnostic: (diagnostic: Diagnostic) => void,
): Source[] {
  return paths.flatMap((path) => {
    const absolute = resolve(base, path);
    return filesOf(path, absolute, onDiagnostic).flatMap((file) => {
      try {
        return [readRuleFile(file, displayPath(cwd, file))];
      } catch (error) {
        if (!(error instanceof DiagnosticError)) throw error;
        onDiagnostic(error.diagnostic);
        return [];
      }
    });
  });
}

function filesOf(given: string, path: string, onDiagnostic: (diagnostic: Diagnostic) => void): string[] {
  const facts = statSync(path, { throwIfNoEntry: false });
  const complain = (message: string, help: string) => {
    onDiagnostic({ code: 'rules-unreadable', message, help });
    return [];
  };
  if (facts === undefined)
    return complain(
      `there is no rule file or folder \`${given}\``,
      suggestion(path) ?? 'give the path of a `.guard` file, or of a folder that has some',
    );
  if (!facts.isDirectory()) return [path];
  const files = ruleFilesBelow(path);
  return files.length > 0
    ? files
    : complain(`there is no rule file in \`${given}\``, 'rule files end in `.guard` or `.ruleset`');
}

/** Absolute paths of all rule files in a folder and those below, in the order of their names; links are followed. */
export function ruleFilesBelow(folder: string): string[] {
  return namesBelow(folder, '')
    .sort()
    .map((name) => folder + sep + name);
}

/** Names of rule files below `folder`, with `prefix` before them. Node's own recursion takes five times as long. */
function namesBelow(folder: string, prefix: string): string[] {
  return readdirSync(resolve(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const name = prefix + entry.name;
    const isFolder = entry.isSymbolicLink() ? leadsToFolder(folder + sep + name) : entry.isDirectory();
    if (isFolder) return namesBelow(folder, name + sep);
    return RULE_FILE.test(name) ? [name] : [];
  });
}

function leadsToFolder(link: string): boolean {
  try {
    return statSync(link).isDirectory();
  } catch {
    return false;
  }
}

/** @throws {DiagnosticError} when it cannot be read or is not UTF-8 */
export function readRuleFile(path: string, name: string): Source {
  const unreadable = (reason: string, help: string) =>
    new DiagnosticError({ code: 'rules-unreadable', file: name, message: reason, help });
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw unreadable(
      `the rule file cannot be read: ${(error as NodeJS.ErrnoException).code}`,
      'check that it is a file and that you may read it',
    );
  }
  if (!isUtf8(bytes)) throw unreadable('the rule file is not UTF-8 text', 'save it as UTF-8');
  // A byte order mark stays: the native tool refuses it, with a place.
  return new Source(name, bytes.toString('utf8'));
}
