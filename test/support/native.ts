import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where `scripts/oracle.ts` stores the native tool, below the project root. */
const STORED = fileURLToPath(
  new URL('../../.cache/oracle/package/bin/ubuntu/x86_64/cfn-guard', import.meta.url),
);

export type NativeGuard =
  | { readonly path: string; readonly version: string }
  | { readonly path: undefined; readonly reason: string };

/**
 * The native cfn-guard binary to compare with: `CFN_GUARD_BINARY`, or the one that `scripts/oracle.ts` fetched.
 * Without one, `reason` says what a skipped test should print.
 */
export function nativeGuard(): NativeGuard {
  const named = process.env.CFN_GUARD_BINARY;
  if (named !== undefined && named !== '') {
    return existsSync(named)
      ? found(named)
      : { path: undefined, reason: `CFN_GUARD_BINARY names no file: ${named}` };
  }
  if (existsSync(STORED)) return found(STORED);
  return {
    path: undefined,
    reason: 'no native cfn-guard: set CFN_GUARD_BINARY, or on Linux x86-64 run `npm run oracle`',
  };
}

function found(path: string): NativeGuard {
  const version = execFileSync(path, ['--version'], { encoding: 'utf8' }).trim().split(' ').at(-1) ?? '';
  return { path, version };
}

export type Verdict = 'PASS' | 'FAIL' | 'SKIP';

/**
 * Runs native rules on one document.
 *
 * @param binary path of the native tool
 * @param rules text of a rule file whose rules all have names
 * @param data YAML or JSON text
 * @returns verdict by rule name, or undefined when the tool reports an error
 */
export function nativeVerdicts(
  binary: string,
  rules: string,
  data: string,
): ReadonlyMap<string, Verdict> | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'native-'));
  try {
    writeFileSync(join(folder, 'r.guard'), rules);
    writeFileSync(join(folder, 'd.yaml'), data);
    const { stdout, status } = spawnSync(
      binary,
      ['validate', '-r', 'r.guard', '-d', 'd.yaml', '--structured', '-o', 'json', '-S', 'none'],
      { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 },
    );
    return status === 0 || status === 19 ? verdicts(stdout) : undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function verdicts(report: string): ReadonlyMap<string, Verdict> {
  const [file] = JSON.parse(report) as [
    {
      not_compliant: { Rule: { name: string } }[];
      not_applicable: string[];
      compliant: string[];
    },
  ];
  return new Map<string, Verdict>([
    ...file.compliant.map((name): [string, Verdict] => [name, 'PASS']),
    ...file.not_applicable.map((name): [string, Verdict] => [name, 'SKIP']),
    ...file.not_compliant.map(({ Rule }): [string, Verdict] => [Rule.name, 'FAIL']),
  ]);
}
