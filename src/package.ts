import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * Facts about the installed package. This file stands one folder below the package root, and so does every bundle
 * that it is built into; that is what makes the relative path right in both.
 */

/** Absolute path of a file or folder of the package, given with forward slashes. Making addresses of files takes longer. */
export function packagePath(path: string): string {
  return join(import.meta.dirname, '..', path);
}

declare const __BUILD_ID__: string;

/**
 * Digest of the built code, or null when running from source: there the parser may have changed since anything was
 * cached, and nobody would notice.
 */
export const BUILD_ID: string | null = typeof __BUILD_ID__ === 'string' ? __BUILD_ID__ : null;

/** The `version` of package.json. */
export function packageVersion(): string {
  const manifest = JSON.parse(readFileSync(packagePath('package.json'), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}
