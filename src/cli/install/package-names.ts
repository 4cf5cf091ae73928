import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whether package.json has the name as a key anywhere: a dependency, or a section of settings. */
export function packageNames(top: string, name: string): boolean {
  const file = join(top, 'package.json');
  return existsSync(file) && new RegExp(`"${name}"\\s*:`).test(readFileSync(file, 'utf8'));
}
