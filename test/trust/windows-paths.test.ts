import assert from 'node:assert/strict';
import { register } from 'node:module';
import { test } from 'node:test';

/*
 * The code that takes paths apart, with the rules for paths of Windows. It stands in for a run on Windows as far as paths
 * go: file system, git and shell are those of this machine.
 */

const RULES = `export const resolve = (name, context, next) => next(name === 'node:path' ? 'node:path/win32' : name, context);`;
register(`data:text/javascript,${encodeURIComponent(RULES)}`);

const { displayPath, displayPaths, isInside } = await import('../../src/check/paths.ts');
const { splitRepository } = await import('../../src/git/repository.ts');
const { findHookPlace } = await import('../../src/cli/install/hook-place.ts');
const { hookBlock, hookLine, removeFromHook, addToHook, isShippedHook, runsItself } = await import(
  '../../src/cli/install/hook-text.ts'
);
const { cacheDirectory } = await import('../../src/cache/directory.ts');

const TOP = 'C:\\work\\repo';

test('files are shown with forward slashes, from where people are', () => {
  for (const [file, shown] of [
    ['C:\\work\\repo\\infra\\a.yml', 'infra/a.yml'],
    ['C:\\work\\repo\\a.yml', 'a.yml'],
    ['C:\\work\\other\\a.yml', '../other/a.yml'],
    ['D:\\a.yml', 'D:/a.yml'],
  ] as const) {
    assert.equal(displayPath(TOP, file), shown);
    assert.equal(displayPaths(TOP)(file), shown);
  }
});

test('a drive or a folder is the same in whatever case it is named', () => {
  assert.equal(displayPath(TOP, 'c:\\Work\\repo\\infra\\App.yml'), 'infra/App.yml');
  assert.equal(displayPaths('c:\\work\\repo')('C:\\work\\repo\\a.yml'), 'a.yml');
  assert.ok(isInside(TOP, 'c:\\work\\repo\\infra'));
});

test('what is on another drive, or above, is not inside', () => {
  assert.ok(isInside(TOP, TOP));
  assert.ok(isInside(TOP, 'C:\\work\\repo\\..infra'));
  for (const path of ['D:\\work\\repo', 'C:\\work', 'C:\\work\\repository', '\\\\server\\work\\repo'])
    assert.equal(isInside(TOP, path), false, path);
});

test('folders that git names with forward slashes are those of the system', () => {
  const answers = (top: string) =>
    `${[top, '.git', '.husky/_', '.git/objects', '.git/MERGE_HEAD'].join('\n--next-answer\n')}\n--next-answer\n`;
  const { repository } = splitRepository(Buffer.from(answers('C:/work/repo')), TOP);
  assert.deepEqual(repository, {
    top: TOP,
    commonDirectory: `${TOP}\\.git`,
    hooks: `${TOP}\\.husky\\_`,
    objects: `${TOP}\\.git\\objects`,
    mergeHead: `${TOP}\\.git\\MERGE_HEAD`,
  });
  assert.deepEqual(findHookPlace(repository, 'pre-commit'), {
    event: 'pre-commit',
    owner: 'husky',
    file: `${TOP}\\.husky\\pre-commit`,
    active: true,
  });
  const shared = splitRepository(Buffer.from(answers('//server/share/repo')), '\\\\server\\share\\repo');
  assert.equal(shared.repository.top, '\\\\server\\share\\repo');
});

test('hooks on another drive do not belong to the repository', () => {
  const git = `${TOP}\\.git`;
  const repository = {
    top: TOP,
    commonDirectory: git,
    objects: `${git}\\objects`,
    mergeHead: `${git}\\MERGE_HEAD`,
  };
  const owner = (hooks: string) => findHookPlace({ ...repository, hooks }, 'pre-commit').owner;
  assert.equal(owner(`${git}\\hooks`), 'git');
  assert.equal(owner('D:\\hooks'), 'elsewhere');
  assert.equal(owner('c:\\work\\repo\\.githooks'), 'git');
});

test('a hook with the line ends of Windows keeps them, and gets its bytes back', () => {
  const script = '#!/bin/sh\r\nnpm test\r\n';
  const added = addToHook(script, hookBlock('node_modules/ecs-guard-staged'));
  assert.doesNotMatch(added, /[^\r]\n/);
  assert.equal(removeFromHook(added), script);
  assert.ok(runsItself(`${script}${hookLine('node_modules/ecs-guard-staged')}\r\n`));
  assert.ok(isShippedHook('#!/bin/sh\r\n# ecs-guard-staged: judges staged templates\r\n'));
});

test('the cache of one person is where Windows keeps such things', () => {
  const env = { LOCALAPPDATA: 'C:\\Users\\me\\AppData\\Local' };
  assert.equal(cacheDirectory(null, env), 'C:\\Users\\me\\AppData\\Local\\ecs-guard\\cache');
  assert.equal(cacheDirectory(`${TOP}\\.git`, env), `${TOP}\\.git\\ecs-guard`);
});
