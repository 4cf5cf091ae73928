import { type Files, orderBytes } from './files.ts';

/** A rule file with its unit tests. */
export interface TestedRules {
  /** Path of the rule file. */
  readonly rules: string;
  /** What the rule file is called in errors and in the name of its default rule. */
  readonly name: string;
  readonly testFiles: readonly string[];
}

const TEST_FILE = /\.(yaml|yml|json|jsn)$/;

/**
 * Pairs the rule files at and below a folder with their tests, which lie in folders `tests` beside them and start with
 * the rule file's name. Where several rule files of a folder fit, the first one has the test file.
 */
export function findTests(files: Files, folder: string): TestedRules[] {
  const byFolder = new Map<string, { rules: string; name: string; testFiles: string[] }[]>();
  const others: string[] = [];
  for (const path of files.walk(folder, 'name', true)) {
    const name = /([^/]*)\.(?:guard|ruleset)$/.exec(path)?.[1];
    if (name === undefined) others.push(path);
    else {
      const parent = parentOf(path);
      byFolder.set(parent, [...(byFolder.get(parent) ?? []), { rules: path, name, testFiles: [] }]);
    }
  }
  for (const path of others.filter((other) => TEST_FILE.test(other))) {
    const parent = parentOf(path);
    if (baseOf(parent) !== 'tests') continue;
    const tested = byFolder.get(parentOf(parent))?.find(({ name }) => baseOf(path).startsWith(name));
    tested?.testFiles.push(path);
  }
  return [...byFolder].sort(([one], [other]) => orderBytes(one, other)).flatMap(([, tested]) => tested);
}

function parentOf(path: string): string {
  const end = path.lastIndexOf('/');
  if (end === -1) return '';
  return path.slice(0, end).replace(/\/+$/, '') || '/';
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
