import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { hookLine } from '../src/cli/install/hook-text.ts';
import { lefthookSnippet } from '../src/cli/install/lefthook-text.ts';
import { LINT_STAGED_SNIPPET } from '../src/cli/install/lint-staged.ts';
import { frameworkSnippet } from '../src/cli/install/pre-commit-framework.ts';
import { withRepo } from './support/repo.ts';
import { installStandIn } from './support/stand-in.ts';

const PACKAGE = 'node_modules/ecs-guard-staged';
const PAGE = readFileSync(new URL('../docs/hooks.md', import.meta.url), 'utf8');

/** The code blocks under a heading. */
function blocks(heading: string): string[] {
  const section = PAGE.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^```\w+\n(.*?)\n```$/gms)].map(([, code = '']) => code);
}

test('the page shows what init writes or says', () => {
  assert.deepEqual(blocks('husky'), [hookLine(PACKAGE)]);
  assert.deepEqual(blocks('lint-staged'), [`{ ${LINT_STAGED_SNIPPET} }`]);
  assert.deepEqual(blocks('lefthook'), [lefthookSnippet(`sh ${PACKAGE}/hooks/pre-commit`, 'yml').join('\n')]);
  assert.equal(blocks('pre-commit')[0], frameworkSnippet(PACKAGE).join('\n'));
});

test('the hook that pre-commit installs is the one of the page, and is the program of the package', () => {
  const [hook] = parse(readFileSync(new URL('../.pre-commit-hooks.yaml', import.meta.url), 'utf8'));
  const { bin } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  assert.deepEqual(Object.keys(bin), [hook.entry]);
  assert.equal(parse(blocks('pre-commit')[1] ?? '')[0].hooks[0].id, hook.id);
  assert.equal(parse(frameworkSnippet(PACKAGE).join('\n'))[0].hooks[0].files, hook.files);
});

test('the settings of git on the page hold a command that runs the hook', (t) => {
  const repo = withRepo(t);
  const package_ = installStandIn(repo);
  repo.stage({ 'a.yml': '' });
  repo.run('sh', ['-e', '-c', blocks("Hooks in git's configuration")[0] ?? '']);
  assert.equal(
    repo.git('config', '--get-all', 'hook.ecs-guard-staged.event').stdout,
    'pre-commit\npre-merge-commit\n',
  );
  const command = repo.git('config', 'hook.ecs-guard-staged.command').stdout;
  assert.equal(repo.run('sh', ['-c', command], { env: { STAND_IN_EXIT: '1' } }).status, 1);
  assert.equal(package_.calls().length, 1);
});
