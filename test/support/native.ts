import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where `scripts/oracle.ts` puts the native tool, below the project root: the newest first. */
const STORED = ['cfn-guard-3.2.0/bin/cfn-guard', 'oracle/package/bin/ubuntu/x86_64/cfn-guard'].map((path) =>
  fileURLToPath(new URL(`../../.cache/${path}`, import.meta.url)),
);

export type NativeGuard =
  | { readonly path: string; readonly version: string }
  | { readonly path: undefined; readonly reason: string };

/**
 * The native cfn-guard binary to compare with: `CFN_GUARD_BINARY`, or one that `scripts/oracle.ts` fetched.
 * Without one, `reason` says what a skipped test should print.
 *
 * @param version the only version that the comparison holds for; 3.1.1 types scalars and spells keys differently
 */
export function nativeGuard(version?: '3.2.0'): NativeGuard {
  const guard = anyNativeGuard();
  if (guard.path === undefined || version === undefined || guard.version === version) return guard;
  const reason = `needs cfn-guard ${version}, not ${guard.version}: run \`npm run oracle -- --build\``;
  return { path: undefined, reason };
}

function anyNativeGuard(): NativeGuard {
  const named = process.env.CFN_GUARD_BINARY;
  if (named !== undefined && named !== '') {
    return existsSync(named)
      ? found(named)
      : { path: undefined, reason: `CFN_GUARD_BINARY names no file: ${named}` };
  }
  const stored = STORED.find((path) => existsSync(path));
  if (stored !== undefined) return found(stored);
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
