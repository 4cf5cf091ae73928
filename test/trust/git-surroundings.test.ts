import assert from 'node:assert/strict';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { after, test } from 'node:test';
import { accepted, BAD, CLI, cannotTell, GOOD, guard, rejected, withVariables } from '../support/guarded.ts';
import type { Outcome, Repo, RunOptions } from '../support/repo.ts';

/* Who starts the hook, with what variables and configuration, on what machine. */

const guarded = guard({ after });

const HOOK = '.git/hooks/pre-commit';

const hook = (repo: Repo, options?: RunOptions) => repo.run('sh', [HOOK], options);

/** A bad template is found and a good one is not objected to, whatever is done to the hook. */
function assertJudges(repo: Repo, run: (repo: Repo) => Outcome): void {
  repo.stage({ 'infra/app.yml': BAD });
  const bad = run(repo);
  assert.equal(bad.status, 1, bad.stdout + bad.stderr);
  rejected(bad, 'infra/app.yml');
  repo.stage({ 'infra/app.yml': GOOD });
  const good = run(repo);
  accepted(good);
  assert.equal(good.stdout, '');
}

const pathspecs = ['LITERAL', 'GLOB', 'NOGLOB', 'ICASE'].map((kind) => `GIT_${kind}_PATHSPECS`);

/** `$` stands for the top of the worktree. */
const VARIABLES: readonly Readonly<Record<string, string>>[] = [
  { GIT_DIR: '.git' },
  { GIT_DIR: '$/.git', GIT_WORK_TREE: '$' },
  { GIT_DIR: '.git', GIT_WORK_TREE: '.', GIT_INDEX_FILE: '.git/index' },
  { GIT_INDEX_FILE: '$/.git/index' },
  { GIT_COMMON_DIR: '$/.git', GIT_DIR: '$/.git' },
  { GIT_OBJECT_DIRECTORY: '$/.git/objects' },
  { GIT_OBJECT_DIRECTORY: '.git/objects' },
  { GIT_ALTERNATE_OBJECT_DIRECTORIES: '/nonexistent' },
  { GIT_PREFIX: 'infra/' },
  { GIT_EXTERNAL_DIFF: 'true' },
  { GIT_EXTERNAL_DIFF: 'false', GIT_DIFF_OPTS: '--unified=0' },
  { GIT_PAGER: 'false', PAGER: 'false', GIT_PAGER_IN_USE: '1' },
  { GIT_TRACE: '1', GIT_TRACE_SETUP: '1', GIT_TRACE_PERFORMANCE: '1' },
  { GIT_TRACE: '2', GIT_TRACE2: '1', GIT_TRACE2_EVENT: '1' },
  { GIT_TRACE: '$/trace', GIT_TRACE_PACK_ACCESS: '$/trace' },
  ...pathspecs.map((name) => ({ [name]: '1' })),
  { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'diff.orderFile', GIT_CONFIG_VALUE_0: '/nonexistent' },
  { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'diff.relative', GIT_CONFIG_VALUE_0: 'true' },
  { GIT_CONFIG_PARAMETERS: "'color.ui=always' 'core.quotepath=true'" },
  { GIT_OPTIONAL_LOCKS: '1', GIT_FLUSH: '0', GIT_ADVICE: '0' },
  { GIT_CEILING_DIRECTORIES: '$/..', GIT_DISCOVERY_ACROSS_FILESYSTEM: '0' },
  { GIT_NAMESPACE: 'other', GIT_REPLACE_REF_BASE: 'refs/heads/' },
  { GIT_DEFAULT_HASH: 'sha256', GIT_LITERAL: '1' },
  { GIT_REFLOG_ACTION: 'x', GIT_EDITOR: 'false', GIT_SEQUENCE_EDITOR: 'false', GIT_ASKPASS: 'false' },
  { LC_ALL: 'de_DE.UTF-8', LANGUAGE: 'de', LANG: 'de_DE.UTF-8' },
  { LC_ALL: 'xx_YY.nonsense' },
  { LC_ALL: 'tr_TR.UTF-8' },
  { LC_ALL: 'ja_JP.SJIS', LC_CTYPE: 'C' },
  { LC_ALL: '', POSIXLY_CORRECT: '1' },
  { HOME: '/nonexistent', XDG_CONFIG_HOME: '/nonexistent', XDG_CACHE_HOME: 'relative' },
  { TMPDIR: '/nonexistent', TMP: '/nonexistent', TEMP: '/nonexistent' },
  { IFS: '/.', CDPATH: '/:.', ENV: '/nonexistent', BASH_ENV: '/nonexistent' },
  { TERM: 'dumb', FORCE_COLOR: '0', COLUMNS: '1' },
  { TZ: 'Nowhere/Land' },
];

test('variables that callers set change nothing', async (t) => {
  const repo = guarded.repo(t);
  for (const variables of VARIABLES)
    await t.test(Object.keys(variables).join(' '), () => {
      const env = Object.fromEntries(
        Object.entries(variables).map(([name, value]) => [name, value.replaceAll('$', repo.path)]),
      );
      assertJudges(repo, () => hook(repo, { env }));
    });
});

const CONFIGURATION: Readonly<Record<string, string>> = {
  'alias.diff': '!true',
  'alias.ls-files': '!true',
  'column.ui': 'always',
  'color.diff': 'always',
  'color.ui': 'always',
  'core.abbrev': '4',
  'core.attributesFile': '../attributes',
  'core.checkStat': 'minimal',
  'core.commentChar': ';',
  'core.fileMode': 'false',
  'core.ignoreCase': 'true',
  'core.pager': 'false',
  'core.precomposeUnicode': 'true',
  'core.preloadIndex': 'true',
  'core.quotePath': 'true',
  'core.useReplaceRefs': 'true',
  'diff.algorithm': 'histogram',
  'diff.external': 'false',
  'diff.ignoreSubmodules': 'all',
  'diff.mnemonicPrefix': 'true',
  'diff.noPrefix': 'true',
  'diff.orderFile': '/nonexistent',
  'diff.relative': 'true',
  'diff.renameLimit': '1',
  'diff.renames': 'copies',
  'diff.shout.command': 'false',
  'diff.shout.textconv': 'false',
  'diff.submodule': 'log',
  'diff.trustExitCode': 'true',
  'feature.manyFiles': 'true',
  'i18n.commitEncoding': 'latin1',
  'interactive.diffFilter': 'false',
  'log.showSignature': 'true',
  'pager.diff': 'false',
  'status.renames': 'copies',
  'status.short': 'true',
  'status.showUntrackedFiles': 'no',
  'submodule.recurse': 'true',
};

test('configuration changes nothing, wherever in the repository the hook is started', (t) => {
  const repo = guarded.repo(t);
  repo.write('../attributes', '* diff=shout\n');
  repo.write('sub/readme.md', 'text\n');
  for (const [name, value] of Object.entries(CONFIGURATION)) repo.git('config', name, value);
  assertJudges(repo, () => hook(repo));
  repo.stage({ 'bad.yml': BAD });
  const inSubfolder = repo.run('sh', [`../${HOOK}`], { cwd: repo.at('sub') });
  rejected(inSubfolder, '../bad.yml');
});

test('a git client that passes on nothing but PATH is enough', (t) => {
  const repo = guarded.repo(t);
  const nothing = Object.fromEntries(Object.keys(repo.env).map((name) => [name, undefined]));
  assertJudges(repo, () => hook(repo, { env: { ...nothing, PATH: repo.env.PATH } }));
});

const SHELLS = [
  ['dash'],
  ['bash'],
  ['bash', '--posix'],
  ['busybox', 'sh'],
  ['ksh'],
  ['mksh'],
  ['yash'],
  ['zsh'],
  ['zsh', '--emulate', 'sh'],
];

for (const [shell = '', ...flags] of SHELLS)
  test(`the hook runs under ${[shell, ...flags].join(' ')}`, (t) => {
    const repo = guarded.repo(t);
    if (repo.run('sh', ['-c', `command -v ${shell}`]).status !== 0) return t.skip('not on this machine');
    for (const strict of [[], ['-eu']])
      assertJudges(repo, () => repo.run(shell, [...flags, ...strict, HOOK]));
  });

test('a hook with the line ends of Windows, which shells cannot read, lets nothing through', (t) => {
  const repo = guarded.repo(t);
  repo.write(HOOK, repo.read(HOOK).replaceAll('\n', '\r\n'));
  repo.stage({ 'a.yml': BAD });
  for (const shell of ['sh', 'bash']) assert.notEqual(repo.run(shell, [HOOK]).status, 0);
  assert.notEqual(repo.commit().status, 0);
});

test('masks of permissions change no answer, and open the cache to nobody', (t) => {
  for (const mask of ['000', '077', '777']) {
    const repo = guarded.repo(t);
    assertJudges(repo, () => repo.run('sh', ['-c', `umask ${mask}; exec sh ${HOOK}`]));
    for (const name of readdirSync(repo.at('.git/ecs-guard')))
      assert.equal(statSync(repo.at(`.git/ecs-guard/${name}`)).mode & 0o077, 0);
  }
});

test('another repository that a caller points at by mistake is not taken for this one', (t) => {
  const repo = guarded.repo(t);
  repo.stage({ 'a.yml': BAD });
  for (const env of [{ GIT_DIR: '/nonexistent' }, { GIT_WORK_TREE: '/nonexistent' }])
    cannotTell(hook(repo, { env }), /could not ask git|not a git repository|nonexistent/);
});

test("what another person owns is read when git's settings allow it, and otherwise the way out is said", (t) => {
  const repo = guarded.repo(t);
  const strange = withVariables(repo, { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' });
  repo.stage({ 'a.yml': BAD });
  if (strange.tryGit(['status']).status === 0) return t.skip('this git does not look at owners');
  cannotTell(hook(strange), /could not ask git what is staged/);
  const named = strange.run(process.execPath, [CLI, 'a.yml']);
  assert.equal(named.status, 2);
  cannotTell(named, new RegExp(`git config --global --add safe.directory '${repo.path}'`));
  repo.write('../gitconfig', '[safe]\n\tdirectory = *\n');
  const trusted = withVariables(strange, { GIT_CONFIG_GLOBAL: repo.at('../gitconfig') });
  rejected(hook(trusted), 'a.yml');
});

test('without git nothing that is staged can be judged, and it is said', (t) => {
  const repo = guarded.repo(t);
  repo.stage({ 'a.yml': BAD });
  const check = repo.run(process.execPath, [CLI], { env: { PATH: repo.at('nowhere') } });
  assert.equal(check.status, 2);
  cannotTell(check, /git was not found/);
});

test('a file system that cannot be written to costs time and nothing else', (t) => {
  const repo = guarded.repo(t);
  const readOnly = (command: string) =>
    repo.run('unshare', [
      '--mount',
      'sh',
      '-c',
      `mount --bind / /mnt && mount -o remount,ro,bind / /mnt && cd "/mnt$PWD" && ${command}`,
    ]);
  if (process.platform !== 'linux' || readOnly('! touch x 2>&-').status !== 0)
    return t.skip('this needs the right to mount');
  assertJudges(repo, () => readOnly(`exec sh ${HOOK}`));
  assert.equal(existsSync(repo.at('.git/ecs-guard')), false);
});
