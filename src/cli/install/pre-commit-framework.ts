import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Settings of the framework `pre-commit`, at the top of a repository. */
export const FRAMEWORK_SETTINGS = '.pre-commit-config.yaml';

/** Whether a repository uses the framework, and whether that runs us already. */
export function frameworkOf(top: string): 'absent' | 'present' | 'runs-us' {
  const file = join(top, FRAMEWORK_SETTINGS);
  if (!existsSync(file)) return 'absent';
  return /^[^#\n]*ecs-guard-staged/m.test(readFileSync(file, 'utf8')) ? 'runs-us' : 'present';
}

/** What makes the framework run the installed package: an item of `repos`. It names the files, as lint-staged does. */
export function frameworkSnippet(packageFromTop: string): string[] {
  return [
    '- repo: local',
    '  hooks:',
    '    - id: ecs-guard-staged',
    '      name: ecs-guard-staged',
    '      language: system',
    `      entry: ${JSON.stringify(`node ${packageFromTop}/dist/cli.cjs`)}`,
    "      files: '(?i)\\.(ya?ml|json|template)$'",
    '      require_serial: true',
  ];
}
