import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageNames } from './package-names.ts';

/** What runs the check through lint-staged, as a section of package.json. */
export const LINT_STAGED_SNIPPET = '"lint-staged": { "*.{yml,yaml,json,template}": "ecs-guard-staged" }';

/** Whether a project is set up for lint-staged, by any of its ways, and whether that runs us already. */
export function lintStagedOf(top: string): 'absent' | 'present' | 'runs-us' {
  const files = settingsFiles(top);
  const texts = [...files.map((name) => readFileSync(join(top, name), 'utf8')), sectionOfManifest(top)];
  if (texts.some((text) => text.includes('ecs-guard-staged'))) return 'runs-us';
  return files.length > 0 || packageNames(top, 'lint-staged') ? 'present' : 'absent';
}

function settingsFiles(top: string): string[] {
  return readdirSync(top).filter((name) => /^(\.lintstagedrc|lint-staged\.config\.)/.test(name));
}

/** The section `lint-staged` of package.json as text, or an empty text. */
function sectionOfManifest(top: string): string {
  const file = join(top, 'package.json');
  if (!existsSync(file)) return '';
  try {
    const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof manifest !== 'object' || manifest === null || !('lint-staged' in manifest)) return '';
    return JSON.stringify(manifest['lint-staged']);
  } catch {
    // A manifest that is no JSON is npm's to complain about.
    return '';
  }
}
