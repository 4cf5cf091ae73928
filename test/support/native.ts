import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where `scripts/oracle.ts` stores the native tool, below the project root. */
const STORED = fileURLToPath(
  new URL('../../.cache/oracle/package/bin/ubuntu/x86_64/cfn-guard', import.meta.url),
);

export type NativeGuard = { readonly path: string } | { readonly path: undefined; readonly reason: string };

/**
 * The native cfn-guard binary to compare with: `CFN_GUARD_BINARY`, or the one that `scripts/oracle.ts` fetched.
 * Without one, `reason` says what a skipped test should print.
 */
export function nativeGuard(): NativeGuard {
  const named = process.env.CFN_GUARD_BINARY;
  if (named !== undefined && named !== '') {
    return existsSync(named)
      ? { path: named }
      : { path: undefined, reason: `CFN_GUARD_BINARY names no file: ${named}` };
  }
  if (existsSync(STORED)) return { path: STORED };
  return {
    path: undefined,
    reason: 'no native cfn-guard: set CFN_GUARD_BINARY or run scripts/oracle.ts (Linux x86-64)',
  };
}
