import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { GOOD_TASK } from '../../bench/templates.ts';
import { BAD, GOOD, guard, POLICY, unguarded } from '../support/guarded.ts';
import { asBefore, forgetNotes, notes, onlyNote } from '../support/recalled.ts';
import { type Outcome, openRepo, type Repo, type RepoOptions } from '../support/repo.ts';
import { NO_ROOT } from '../support/templates.ts';

/* Commits that are tried again: of exactly the same, the same is said without Node, and anything else is judged. */

const { repo: guarded, install } = guard({ after });
/** Rejects what the rule of the repositories lets pass. */
const NO_APP = NO_ROOT.replaceAll('root', 'app');
const FOLDER = { packs: [], rules: ['policies'] };

const SHELLS = ['sh', 'dash', 'bash', 'busybox sh', 'ksh', 'zsh --emulate sh'];

const isThere = (repo: Repo) => (shell: string) =>
  repo.run('sh', ['-c', `command -v ${shell.split(' ')[0]}`]).status === 0;

interface Attempt extends Outcome {
  /** Whether Node was started. */
  readonly judged: boolean;
}

/** Commits what is staged, or some of it, and takes the commit back. */
function attempt(repo: Repo, env: Record<string, string> = {}, ...paths: string[]): Attempt {
  const mark = repo.at('../node-was-started');
  rmSync(mark, { force: true });
  repo.write('../watched/node', `#!/bin/sh\ntouch '${mark}'\nexec '${process.execPath}' "$@"\n`, 0o755);
  const watched = { PATH: repo.at('../watched') + delimiter + repo.env.PATH, ...env };
  const outcome = repo.run('git', ['commit', '--quiet', '--message', 'change', ...paths], { env: watched });
  if (outcome.status === 0) repo.git('reset', '--quiet', '--soft', 'HEAD~');
  return { ...outcome, judged: existsSync(mark) };
}

/** A repository in which these files are staged and have passed. */
function passed(t: TestContext, files: Readonly<Record<string, string>>, options?: RepoOptions): Repo {
  const repo = guarded(t, options);
  repo.stage(files);
  const { status, stdout, stderr, judged } = attempt(repo);
  assert.deepEqual({ status, judged }, { status: 0, judged: true }, stdout + stderr);
  return repo;
}

/** The same with rules in a folder. */
function passedByFolder(t: TestContext, more: Readonly<Record<string, string>> = {}): Repo {
  const files = {
    '.ecs-guardrc.json': JSON.stringify(FOLDER),
    'policies/no-root.guard': NO_ROOT,
    'a.yml': GOOD,
  };
  return passed(t, { ...files, ...more });
}

function assertKnown(repo: Repo, env?: Record<string, string>): void {
  const { status, stdout, stderr, judged } = attempt(repo, env);
  assert.deepEqual({ status, stdout, stderr, judged }, { status: 0, stdout: '', stderr: '', judged: false });
}

/** @returns what came of it */
function assertJudged(repo: Repo, env?: Record<string, string>): Outcome {
  const { judged, ...outcome } = attempt(repo, env);
  assert.equal(judged, true);
  return outcome;
}

/** Variables with which starting Node ends with 9. */
function withBrokenNode(repo: Repo): Record<string, string> {
  repo.write('../broken/node', '#!/bin/sh\nexit 9\n', 0o755);
  return { PATH: repo.at('../broken') + delimiter + repo.env.PATH };
}

test('the same passes again without Node, also from below, in a repository of SHA-256, and as part of more', (t) => {
  for (const objectFormat of ['sha1', 'sha256'] as const) {
    const repo = passed(t, { 'infra/deep/a.yml': GOOD, 'b.json': '{}' }, { objectFormat });
    assertKnown(repo);
    assertKnown(repo);
    assertKnown(openRepo(repo.at('infra'), repo.env));
    repo.stage({ 'c.yml': BAD });
    const { status, judged } = attempt(repo, {}, 'infra', 'b.json');
    assert.deepEqual({ status, judged }, { status: 0, judged: false });
    assert.equal(assertJudged(repo).status, 1);
  }
});

test('what else is staged makes no difference', (t) => {
  const repo = passed(t, { 'a.yml': GOOD });
  repo.stage({ 'README.md': 'more\n', 'src/index.ts': 'export {};\n' });
  assertKnown(repo);
});

test('every shell knows it, strict ones too', (t) => {
  const repo = passed(t, {
    'infra/a.yml': GOOD,
    'policies/deep/no-root.guard': NO_ROOT,
    '.ecs-guardrc.json': JSON.stringify(FOLDER),
  });
  const env = withBrokenNode(repo);
  for (const shell of SHELLS.filter(isThere(repo)))
    for (const flags of ['', '-e', '-u', '-eu']) {
      const line = `${shell} ${flags} .git/hooks/pre-commit`;
      assert.equal(repo.run('sh', ['-c', line], { env }).status, 0, line);
    }
});

test('it needs no Node at all', (t) => {
  const repo = passed(t, { 'a.yml': GOOD });
  const env = withBrokenNode(repo);
  assert.equal(repo.run('sh', ['.git/hooks/pre-commit'], { env }).status, 0);
  repo.stage({ 'a.yml': `${GOOD}#\n` });
  assert.equal(repo.run('sh', ['.git/hooks/pre-commit'], { env }).status, 9);
});

test('another content, file, name or kind of file is judged', (t) => {
  const changes: [string, number, (repo: Repo) => void][] = [
    ['content', 1, (repo) => repo.stage({ 'a.yml': BAD })],
    ['one more', 1, (repo) => repo.stage({ 'b.yml': BAD })],
    ['one less', 0, (repo) => repo.git('rm', '-q', '--cached', 'c.yml')],
    ['another name', 0, (repo) => repo.git('mv', 'c.yml', 'd.yml')],
    ['another mode', 0, (repo) => repo.git('update-index', '--chmod=+x', 'c.yml')],
  ];
  for (const [name, status, change] of changes) {
    const repo = passed(t, { 'a.yml': GOOD, 'c.yml': GOOD });
    change(repo);
    assert.equal(assertJudged(repo).status, status, name);
  }
});

test('of what passed and was changed and then changed back there is still a note', (t) => {
  const repo = passed(t, { 'a.yml': GOOD });
  // Its id begins with another digit.
  repo.stage({ 'a.yml': `# changed\n${GOOD}` });
  assertJudged(repo);
  repo.stage({ 'a.yml': GOOD });
  assertKnown(repo);
});

test('what was judged together with something else is judged again, and known from then on', (t) => {
  const repo = passed(t, { 'a.yml': GOOD });
  repo.stage({ 'b.yml': GOOD });
  assertJudged(repo);
  repo.git('rm', '-q', '--cached', 'b.yml');
  assertJudged(repo);
  assertKnown(repo);
});

test('rules and settings that are staged are judged by, wherever they are', (t) => {
  const changes: Record<string, Record<string, string>> = {
    'the rule file': { 'no-root.guard': NO_APP },
    'the settings': { '.ecs-guardrc.json': '{ "packs": ["strict"] }' },
    'settings nearby': { 'infra/.ecs-guardrc.yaml': 'packs: [strict]\n' },
    'settings in a manifest': { 'infra/package.json': '{ "ecs-guard": { "packs": ["strict"] } }' },
  };
  for (const [name, change] of Object.entries(changes)) {
    const repo = passed(t, { 'infra/a.yml': GOOD });
    repo.stage(change);
    assert.equal(assertJudged(repo).status, 1, name);
  }
});

test('rules and settings that were committed meanwhile are judged by', (t) => {
  const repo = passed(t, { 'a.yml': GOOD });
  repo.git('reset', '--quiet', 'a.yml');
  repo.stage({ 'no-root.guard': NO_APP });
  unguarded(repo, 'stricter');
  repo.stage({ 'a.yml': GOOD });
  assert.equal(assertJudged(repo).status, 1);
});

test('settings that git does not know count as soon as they are there', (t) => {
  for (const file of [
    '.ecs-guardrc.json',
    'infra/.ecs-guardrc.json',
    'infra/deep/.ecs-guardrc.yml',
    'infra/package.json',
  ]) {
    const repo = guarded(t);
    repo.git('rm', '-q', '--cached', '.ecs-guardrc.json');
    rmSync(repo.at('.ecs-guardrc.json'));
    repo.stage({ 'infra/deep/a.yml': GOOD_TASK });
    const first = attempt(repo);
    assert.equal(first.status, 0, first.stdout + first.stderr);
    assertKnown(repo);
    const settings = { packs: [], rules: [repo.at('../strict.guard')] };
    repo.write('../strict.guard', NO_ROOT.replace("'root'", "'1000:1000'"));
    repo.write(file, JSON.stringify(file.endsWith('package.json') ? { 'ecs-guard': settings } : settings));
    assert.equal(assertJudged(repo).status, 1, file);
    assert.equal(assertJudged(repo).status, 1, file);
  }
});

test('settings count also where only a link is staged, and when they are a link that leads nowhere', (t) => {
  const repo = guarded(t);
  symlinkSync('nowhere', repo.at('link.yml'));
  repo.git('add', 'link.yml');
  assert.equal(assertJudged(repo).status, 0);
  assertKnown(repo);
  symlinkSync('.ecs-guardrc.yaml', repo.at('.ecs-guardrc.yaml'));
  assert.notEqual(assertJudged(repo).status, 0);
});

test('settings that git does not know count no more when they are gone', (t) => {
  const repo = guarded(t);
  repo.git('rm', '-q', '--cached', '.ecs-guardrc.json');
  repo.stage({ 'a.yml': GOOD });
  assert.equal(assertJudged(repo).status, 0);
  rmSync(repo.at('.ecs-guardrc.json'));
  assert.equal(assertJudged(repo).status, 1);
});

test('settings that git has a name but no content for count as they are on disk', (t) => {
  const strict = '{ "packs": ["strict"] }';
  const announced = guarded(t);
  announced.git('rm', '-q', '--cached', '.ecs-guardrc.json');
  announced.git('add', '--intent-to-add', '.ecs-guardrc.json');
  announced.stage({ 'a.yml': GOOD });
  assert.equal(assertJudged(announced).status, 0);
  announced.write('.ecs-guardrc.json', strict);
  assert.equal(assertJudged(announced).status, 1);
  const linked = guarded(t);
  linked.write('infra/strict.json', strict);
  symlinkSync('strict.json', linked.at('infra/.ecs-guardrc.json'));
  linked.git('add', 'infra/.ecs-guardrc.json');
  rmSync(linked.at('infra/.ecs-guardrc.json'));
  linked.stage({ 'infra/a.yml': GOOD });
  assert.equal(assertJudged(linked).status, 0);
  linked.git('checkout', '--quiet', '--', 'infra/.ecs-guardrc.json');
  assert.equal(assertJudged(linked).status, 1);
});

test('settings behind a link that stands in the place of a folder count, also when they are in the index only', (t) => {
  const repo = passed(t, { 'infra/a.yml': GOOD, 'other/.ecs-guardrc.json': '{ "packs": ["strict"] }' });
  rmSync(repo.at('other/.ecs-guardrc.json'));
  assertKnown(repo);
  rmSync(repo.at('infra'), { recursive: true });
  symlinkSync('other', repo.at('infra'));
  for (let run = 0; run < 2; run++) assert.equal(assertJudged(repo).status, 1);
});

test('and count no more when the link is gone', (t) => {
  const repo = guarded(t);
  repo.stage({ 'infra/a.yml': BAD, 'other/.ecs-guardrc.json': '{ "exclude": ["**"] }' });
  rmSync(repo.at('other/.ecs-guardrc.json'));
  rmSync(repo.at('infra'), { recursive: true });
  symlinkSync('other', repo.at('infra'));
  assert.equal(assertJudged(repo).status, 0);
  rmSync(repo.at('infra'));
  assert.equal(assertJudged(repo).status, 1);
});

test('where a file stands in the place of a folder everything is judged each time', (t) => {
  const repo = guarded(t);
  repo.stage({ 'infra/deep/a.yml': GOOD });
  rmSync(repo.at('infra'), { recursive: true });
  repo.write('infra', '');
  for (let run = 0; run < 2; run++) assert.equal(assertJudged(repo).status, 0);
});

/** A repository whose settings and rules git does not track, in which a good template has passed. */
function passedByUntracked(t: TestContext, options?: RepoOptions): Repo {
  const repo = guarded(t, options);
  repo.git('rm', '-q', '--cached', 'no-root.guard', '.ecs-guardrc.json');
  repo.write('.gitignore', 'no-root.guard\n.ecs-guardrc.json\nnode_modules\n');
  repo.write(
    '.ecs-guardrc.json',
    JSON.stringify({ packs: [], rules: ['node_modules/shared', 'no-root.guard'] }),
  );
  repo.write('node_modules/shared/one more/more.guard', NO_ROOT.replace('no_root', 'more_no_root'));
  repo.write('node_modules/shared/package.json', '{}');
  repo.stage({ '.gitignore': repo.read('.gitignore') });
  unguarded(repo, 'nothing is tracked');
  repo.stage({ 'infra/a.yml': GOOD });
  assert.equal(assertJudged(repo).status, 0);
  return repo;
}

test('what git does not know is known by the ids that it would have', (t) => {
  const more = 'node_modules/shared/one more/more.guard';
  const changes: Record<string, [number, (repo: Repo) => void]> = {
    'a rule file': [1, (repo) => repo.write('no-root.guard', NO_APP)],
    'a rule file in a folder': [1, (repo) => repo.write(more, NO_APP)],
    'one more rule file': [1, (repo) => repo.write('node_modules/shared/other.guard', NO_APP)],
    'no rule file in a folder': [1, (repo) => rmSync(repo.at(more))],
    'no rule file': [1, (repo) => rmSync(repo.at('no-root.guard'))],
    'another name of one': [0, (repo) => renameSync(repo.at(more), repo.at('node_modules/shared/x.guard'))],
    settings: [1, (repo) => repo.write('.ecs-guardrc.json', '{ "packs": ["strict"] }')],
    'no settings': [1, (repo) => rmSync(repo.at('.ecs-guardrc.json'))],
    'settings nearby': [1, (repo) => repo.write('infra/.ecs-guardrc.yaml', 'packs: [strict]\n')],
    'other rules in the index': [
      1,
      (repo) => {
        repo.write('no-root.guard', NO_APP);
        repo.git('add', '--force', 'no-root.guard');
        repo.write('no-root.guard', NO_ROOT);
      },
    ],
    'a link': [
      1,
      (repo) => {
        repo.write('../strict.guard', NO_APP);
        rmSync(repo.at('no-root.guard'));
        symlinkSync(repo.at('../strict.guard'), repo.at('no-root.guard'));
      },
    ],
  };
  for (const [name, [status, change]] of Object.entries(changes)) {
    const repo = passedByUntracked(t);
    assertKnown(repo);
    change(repo);
    assert.equal(assertJudged(repo).status, status, name);
  }
});

test('a pipe in the place of a file that git does not know keeps nobody waiting', (t) => {
  const repo = passedByUntracked(t);
  rmSync(repo.at('no-root.guard'));
  assert.equal(repo.run('mkfifo', ['no-root.guard']).status, 0);
  assert.equal(assertJudged(repo).status, 1);
});

test('what git does not know is judged each time where its ids are others, and where it is long or has an odd name', (t) => {
  const long = `${'# long\n'.repeat(10_000)}${NO_ROOT}`;
  const cases: [string, string, RepoOptions][] = [
    ['policies/a.guard', NO_ROOT, { objectFormat: 'sha256' }],
    ['policies/a.guard', long, {}],
    ['policies/tab\t.guard', NO_ROOT, {}],
    // Git would take it for the name of the file beside it.
    ['"a"', NO_ROOT, {}],
  ];
  for (const [file, text, options] of cases) {
    const repo = guarded(t, options);
    const [first = ''] = file.split('/');
    repo.stage({ 'a.yml': GOOD, '.ecs-guardrc.json': JSON.stringify({ packs: [], rules: [first] }) });
    repo.write('a', text);
    repo.write(file, text);
    for (let run = 0; run < 2; run++) assert.equal(assertJudged(repo).status, 0);
    repo.write(file, NO_APP);
    assert.equal(assertJudged(repo).status, 1, file);
  }
});

test('a folder of rules is looked through', (t) => {
  const changes: Record<string, (repo: Repo) => void> = {
    'a file': (repo) => repo.write('policies/more.guard', NO_APP),
    'a hidden file': (repo) => repo.write('policies/.more.ruleset', NO_APP),
    'a file with two dots': (repo) => repo.write('policies/..more.guard', NO_APP),
    'a file with a space': (repo) => repo.write('policies/one more.guard', NO_APP),
    'a file far below': (repo) => repo.write('policies/team/.hidden/more.guard', NO_APP),
    'a link to a file': (repo) => {
      repo.write('../more.guard', NO_APP);
      symlinkSync(repo.at('../more.guard'), repo.at('policies/more.guard'));
    },
    'a link to a folder': (repo) => {
      repo.write('../shared/more.guard', NO_APP);
      symlinkSync(repo.at('../shared'), repo.at('policies/shared'));
    },
    'a link in its place': (repo) => {
      repo.write('../shared/more.guard', NO_APP);
      renameSync(repo.at('policies'), repo.at('../away'));
      symlinkSync(repo.at('../shared'), repo.at('policies'));
    },
  };
  for (const [name, change] of Object.entries(changes)) {
    const repo = passedByFolder(t, {
      'policies/team/no-root.guard': NO_ROOT.replace('no_root', 'team_no_root'),
    });
    assertKnown(repo);
    repo.write('policies/README.md', 'not a rule\n');
    assertKnown(repo);
    change(repo);
    assert.equal(assertJudged(repo).status, 1, name);
  }
});

test('links in a folder of rules that lead nowhere new do not keep the hook busy', (t) => {
  const repo = passedByFolder(t);
  mkdirSync(repo.at('policies/docs'));
  for (const name of ['one', 'two', 'three']) symlinkSync('.', repo.at(`policies/docs/${name}`));
  assert.equal(assertJudged(repo).status, 0);
});

test('a link in the place of a folder of rules, or of one above it, is no way to rules that git lists elsewhere', (t) => {
  for (const folder of ['policies', 'team/policies']) {
    const repo = passed(t, {
      'a.yml': GOOD,
      '.ecs-guardrc.json': JSON.stringify({ packs: [], rules: [folder] }),
      [`${folder}/no-root.guard`]: NO_ROOT,
      [`other/${folder}/no-app.guard`]: NO_APP,
      [`other/${folder}/README.md`]: 'kept on disk\n',
    });
    rmSync(repo.at(`other/${folder}/no-app.guard`));
    assertKnown(repo);
    const [top = ''] = folder.split('/');
    renameSync(repo.at(top), repo.at('../away'));
    symlinkSync(`other/${top}`, repo.at(top));
    assert.equal(assertJudged(repo).status, 1, folder);
    rmSync(repo.at('../away'), { recursive: true });
  }
});

test('shells that are told not to expand patterns look through folders all the same', (t) => {
  const repo = passedByFolder(t);
  repo.write('policies/more.guard', NO_APP);
  assert.equal(repo.run('sh', ['-f', '.git/hooks/pre-commit']).status, 1);
});

test('rules by a path that depends on where the repository is are judged by each time', (t) => {
  for (const pathOf of [(repo: Repo) => repo.at('policies'), () => '../repo/policies']) {
    const repo = guarded(t);
    const settings = JSON.stringify({ packs: [], rules: [pathOf(repo)] });
    repo.stage({ 'a.yml': GOOD, '.ecs-guardrc.json': settings, 'policies/no-root.guard': NO_ROOT });
    for (let run = 0; run < 2; run++) assert.equal(assertJudged(repo).status, 0);
  }
  const below = { packs: [], rules: ['../../policies'] };
  const repo = passed(t, {
    'apps/one/a.yml': GOOD,
    'apps/one/.ecs-guardrc.json': JSON.stringify(below),
    'policies/no-root.guard': NO_ROOT,
  });
  assertKnown(repo);
});

test('what a merge brings along has not been judged: it passes with the merge, and not without it', (t) => {
  const repo = guarded(t);
  repo.git('checkout', '--quiet', '-b', 'other');
  repo.stage({ 'bad.yml': BAD });
  unguarded(repo, 'bad');
  repo.git('checkout', '--quiet', 'main');
  repo.stage({ 'README.md': 'more\n' });
  unguarded(repo, 'more');
  repo.git('merge', '--quiet', '--no-edit', 'other');
  repo.git('reset', '--quiet', '--hard', 'HEAD~1');
  repo.git('merge', '--quiet', '--squash', 'other');
  assert.equal(assertJudged(repo).status, 1);
  assert.equal(attempt(repo).judged, false);
  repo.git('reset', '--quiet', '--hard');
  // Git runs another hook, before it notes anywhere that this is a merge.
  assert.equal(repo.run('git', ['merge', '--quiet', '--no-edit', 'other']).status, 0);
  repo.git('reset', '--quiet', '--hard', 'HEAD~1');
  repo.git('merge', '--quiet', '--no-commit', 'other');
  assert.equal(repo.run('sh', ['.git/hooks/pre-commit']).status, 0);
  rmSync(onlyNote(repo));
  assert.equal(repo.run('sh', ['.git/hooks/pre-commit']).status, 0);
  repo.git('merge', '--quit');
  assert.equal(assertJudged(repo).status, 1);
});

test('where many files would have to be looked for in a long list Node is started, which takes less time', (t) => {
  const manifests = Array.from({ length: 300 }, (_, at) => [`packages/part-${at}/package.json`, '{}\n']);
  const repo = passed(t, Object.fromEntries(manifests));
  assertJudged(repo);
  const few = passed(t, Object.fromEntries(manifests.slice(0, 100)));
  assertKnown(few);
});

test('a folder of rules that is gone from disk, or is a link, is judged each time', (t) => {
  const repo = passedByFolder(t);
  assertKnown(repo);
  rmSync(repo.at('policies'), { recursive: true });
  assert.equal(assertJudged(repo).status, 0);
  assert.equal(assertJudged(repo).status, 0);
  const linked = guarded(t);
  linked.stage({
    'shared/no-root.guard': NO_ROOT,
    'a.yml': GOOD,
    '.ecs-guardrc.json': JSON.stringify(FOLDER),
  });
  symlinkSync('shared', linked.at('policies'));
  for (let run = 0; run < 2; run++) assert.equal(assertJudged(linked).status, 0);
});

test('what is wrong is told again, whole and with the same exit code', (t) => {
  const undecided = GOOD.replace('User: app', 'User: !ImportValue user');
  assert.notEqual(undecided, GOOD);
  const warning = JSON.stringify({ packs: [], rules: ['no-root.guard'], severity: { no_root: 'warn' } });
  const many = Array.from({ length: 300 }, (_, at) => [`infra/${at}/*?.yml`, BAD]);
  const cases: Record<string, [Record<string, string>, number, RegExp]> = {
    'a violation': [
      { 'a.yml': BAD },
      1,
      /no_root[\s\S]*\n\n✖ 1 violation in .* · as before · commit rejected\nTip: /,
    ],
    'hundreds of them': [
      Object.fromEntries(many),
      1,
      /^infra\/299\/\*\?\.yml:\d+:\d+ {2}[\s\S]*✖ 300 violations /m,
    ],
    'odd names': [
      { ' -n $(x) `y`.yml': BAD, 'ü\u2028.yml': BAD },
      1,
      /^ ?-n \$\(x\) `y`\.yml:[\s\S]*✖ 2 violations /m,
    ],
    'a warning': [{ 'a.yml': BAD, '.ecs-guardrc.json': warning }, 0, /warning: [\s\S]*⚠ 1 warning/],
    'what is not decided': [{ 'a.yml': undecided }, 0, /1 undecided · 1 rule · as before/],
  };
  for (const [name, [files, status, text]] of Object.entries(cases)) {
    const repo = guarded(t);
    repo.stage(files);
    const first = assertJudged(repo);
    assert.equal(first.status, status, name + first.stderr);
    const { judged, ...again } = attempt(repo);
    assert.equal(judged, false, name);
    assert.deepEqual(again, {
      status,
      stdout: asBefore(first.stdout),
      stderr: asBefore(first.stderr),
    });
    assert.match(again.stderr, text, name);
  }
});

test('what goes to standard output and to standard error goes there again', (t) => {
  const repo = guarded(t);
  repo.stage({ 'a.yml': BAD });
  const hook = (shell: string, env = {}) => repo.run(shell, ['.git/hooks/pre-commit'], { env });
  const { status, stdout, stderr } = hook('sh');
  assert.match(stdout, /✖ 1 violation/);
  assert.match(stderr, /^Tip: /);
  assert.deepEqual(hook('sh', withBrokenNode(repo)), { status, stdout: asBefore(stdout), stderr });
});

test('the look of what is told depends on who reads it', (t) => {
  const repo = guarded(t);
  repo.stage({ 'a.yml': BAD });
  const coloured = (outcome: Outcome) => outcome.stderr.includes('\u001b[36ma.yml');
  assert.equal(coloured(assertJudged(repo, { FORCE_COLOR: '1' })), true);
  const again = attempt(repo, { FORCE_COLOR: '1' });
  assert.deepEqual({ judged: again.judged, coloured: coloured(again) }, { judged: false, coloured: true });
  assert.equal(coloured(assertJudged(repo)), false);
  assert.equal(coloured(assertJudged(repo, { FORCE_COLOR: '' })), true);
  assert.equal(coloured(assertJudged(repo, { FORCE_COLOR: '1', NO_COLOR: '1' })), false);
  assertJudged(repo, { TERM: 'dumb' });
});

for (const [level, status] of [
  ['warn', '0\n'],
  ['error', '1\n'],
] as const)
  test(`where nobody reads, or nothing can be written, it ends as the program would: ${level}`, (t) => {
    const settings = { packs: [], rules: ['no-root.guard'], severity: { no_root: level } };
    const repo = guarded(t);
    repo.stage({ 'a.yml': BAD, '.ecs-guardrc.json': JSON.stringify(settings) });
    const full = existsSync('/dev/full') ? ['>/dev/full'] : [];
    for (const shell of SHELLS.filter(isThere(repo)))
      for (const redirection of ['>&-', '2>&-', '2>&1 | true', ...full]) {
        const hook = `(sleep 0.1; ${shell} .git/hooks/pre-commit; echo $? >&3) 3>../status ${redirection}`;
        const outcomes = ['judged', 'told again'].map((which) => {
          if (which === 'judged') forgetNotes(repo);
          const { stdout, stderr } = repo.run('sh', ['-c', hook]);
          return { status: repo.read('../status'), stdout: asBefore(stdout), stderr };
        });
        assert.deepEqual(outcomes[1], outcomes[0], shell + redirection);
        if (redirection !== full[0]) assert.equal(outcomes[0]?.status, status, shell + redirection);
      }
  });

test('a note is of what was on disk when it was judged, however long somebody reads', (t) => {
  const repo = guarded(t);
  repo.git('rm', '-q', '--cached', '.ecs-guardrc.json');
  rmSync(repo.at('.ecs-guardrc.json'));
  repo.write('.ecs-guardrc.json', JSON.stringify({ severity: { tasks_denied_root_user: 'warn' } }));
  repo.stage({ 'a.yml': BAD });
  // What a pipe holds is in it already, so that the program waits.
  const writers = '(head -c 65536 /dev/zero; sh .git/hooks/pre-commit)';
  repo.run('sh', ['-c', `${writers} | (sleep 2; rm .ecs-guardrc.json; cat >/dev/null)`]);
  assert.equal(existsSync(repo.at('.ecs-guardrc.json')), false);
  assert.equal(assertJudged(repo).status, 1);
});

test('long lists do not get into the way of other programs when variables of these names are exported', (t) => {
  const repo = guarded(t);
  repo.stage(
    Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`${'long/'.repeat(10)}${at}.yml`, GOOD])),
  );
  const env = { text: '1', candidates: '1', policy_files: '1' };
  for (const flags of [[], ['-a']])
    for (let run = 0; run < 2; run++)
      assert.deepEqual(repo.run('sh', [...flags, '.git/hooks/pre-commit'], { env }), {
        status: 0,
        stdout: '',
        stderr: '',
      });
});

test('with another repository named by a variable everything is judged', (t) => {
  const repo = guarded(t);
  repo.stage({ 'a.yml': BAD });
  assert.equal(assertJudged(repo).status, 1);
  const env = withBrokenNode(repo);
  assert.equal(repo.run('sh', ['.git/hooks/pre-commit'], { env: { ...env, GIT_DIR: '.git' } }).status, 1);
  assert.equal(
    repo.run('sh', ['.git/hooks/pre-commit'], { env: { ...env, GIT_DIR: repo.at('.git') } }).status,
    9,
  );
});

test('what cannot be judged is tried each time', (t) => {
  const repo = guarded(t);
  repo.stage({ 'a.yml': 'Resources: { A: { Type: "A::B::C"' });
  for (let run = 0; run < 2; run++) {
    assertJudged(repo);
    assert.equal(repo.run('sh', ['.git/hooks/pre-commit']).status, 2);
  }
});

test('what is rejected and then mended passes, and is rejected again when the mistake is back', (t) => {
  const repo = guarded(t);
  for (const [text, status, judged] of [
    [BAD, 1, true],
    [GOOD, 0, true],
    [BAD, 1, false],
    [GOOD, 0, false],
  ] as const) {
    repo.stage({ 'a.yml': text });
    const outcome = attempt(repo);
    assert.deepEqual({ status: outcome.status, judged: outcome.judged }, { status, judged });
    assert.equal(attempt(repo).status, status);
  }
});

test('violations that are excused are told each time, since excuses may end, and so are those that are old', (t) => {
  const excuse = { rule: 'no_root', file: 'a.yml', reason: 'soon gone', until: '2999-12-31' };
  const settings = (more: object) => JSON.stringify({ packs: [], rules: ['no-root.guard'], ...more });
  for (const more of [{ suppressions: [excuse] }, { report: 'new' }]) {
    const repo = guarded(t);
    repo.stage({ 'a.yml': BAD, '.ecs-guardrc.json': settings(more) });
    const first = assertJudged(repo);
    assert.notEqual(first.stdout + first.stderr, '');
    assert.equal(assertJudged(repo).status, first.status);
    assert.deepEqual(notes(repo), []);
  }
});

test('excuses that nothing needs may end, and rules may ask the clock, so both are judged each time', (t) => {
  const clock = `let past = parse_epoch("2020-01-01T00:00:00Z")
let current = now()
rule late when Resources.Worker exists { %current > %past }
`;
  const suppressions = [{ rule: 'no_root', file: '**/a.yml', reason: 'soon gone', until: '2999-12-31' }];
  const cases: Record<string, string>[] = [
    {
      'a.yml': GOOD,
      '.ecs-guardrc.json': JSON.stringify({ packs: [], rules: ['no-root.guard'], suppressions }),
    },
    { 'a.yml': GOOD, 'no-root.guard': clock },
  ];
  for (const files of cases) {
    const repo = guarded(t);
    repo.stage(files);
    for (let run = 0; run < 2; run++) assert.equal(assertJudged(repo).status, 0);
  }
});

test('another build judges anew', (t) => {
  const repo = passed(t, { 'a.yml': GOOD });
  const note = onlyNote(repo);
  const text = readFileSync(note, 'utf8');
  const [build = ''] = /\/\/[0-9a-f]{16}$/m.exec(text) ?? [];
  assert.equal(repo.read('node_modules/ecs-guard-staged/dist/cli.cjs').split('\n')[1], build);
  writeFileSync(note, text.replaceAll(build, '//0123456789abcdef'));
  assertJudged(repo);
  assertKnown(repo);
});

test('a note that is damaged, cut short or of something else gives no answer, and is replaced', (t) => {
  const repo = passed(t, { 'infra/a.yml': GOOD });
  const note = onlyNote(repo);
  const text = readFileSync(note, 'utf8');
  assert.ok(text.includes('\nsettings in infra/'));
  for (const damaged of [
    text.replace('\nsettings in infra/', ''),
    text.replace('settings in infra/', 'settings in infrb/'),
    text.slice(0, -100),
    text.slice(0, text.length / 2),
    text.replaceAll('settings in', 'something of'),
    text.replaceAll('viewer', 'viewers'),
    text.replace('\u001e0\u001e', '\u001e1\u001e'),
    text.replaceAll('\u001e', '\n'),
    '\0'.repeat(text.length),
    '',
  ]) {
    writeFileSync(note, damaged);
    assertJudged(repo);
    assert.equal(readFileSync(note, 'utf8'), text);
  }
  writeFileSync(note, Buffer.alloc(100));
  assert.equal(repo.run('bash', ['.git/hooks/pre-commit']).stderr, '');
  rmSync(note);
  mkdirSync(note);
  assertJudged(repo);
});

test('where no note can be kept everything is judged each time', (t) => {
  const repo = passed(t, { 'a.yml': GOOD });
  rmSync(repo.at('.git/ecs-guard'), { recursive: true });
  repo.write('.git/ecs-guard', 'a file where the folder would be, as on a full disk');
  for (let run = 0; run < 2; run++) assert.equal(assertJudged(repo).status, 0);
});

test('odd names are known or judged, and never taken for others', (t) => {
  for (const name of ['with space.yml', 'ü/ß.yml', '-n.yml', '*.yml', ' .yml', '$(x)`y`.yml', '[a].yml'])
    assertKnown(passed(t, { [name]: GOOD }));
  for (const name of ['quote".yml', 'back\\slash.yml', 'tab\t.yml', 'line\nbreak.yml']) {
    const repo = passed(t, { [name]: GOOD });
    assertJudged(repo);
  }
});

test('a name with a line break is not taken for two files', (t) => {
  const repo = guarded(t);
  repo.stage({ 'x.yml': GOOD });
  const id = repo.git('rev-parse', ':x.yml').stdout.trim();
  const bad = repo.run('git', ['hash-object', '-w', '--stdin'], { input: BAD }).stdout.trim();
  const zeros = '0'.repeat(40);
  repo.git('rm', '-q', '--cached', 'x.yml');
  const name = `a.yml\n:000000 100644 ${zeros} ${bad} A\tb.yml`;
  repo.git('update-index', '--add', '--cacheinfo', `100644,${id},${name}`);
  assertJudged(repo);
  repo.git('rm', '-q', '--cached', name);
  repo.git('update-index', '--add', '--cacheinfo', `100644,${id},a.yml`);
  repo.git('update-index', '--add', '--cacheinfo', `100644,${bad},b.yml`);
  assert.equal(assertJudged(repo).status, 1);
});

test('with another folder as worktree, and in a linked one, everything is judged each time', (t) => {
  const repo = passed(t, { 'a.yml': GOOD });
  assertJudged(repo, { GIT_WORK_TREE: repo.path });
  repo.git('worktree', 'add', '--quiet', '../other');
  const other = openRepo(repo.at('../other'), repo.env);
  install(other);
  other.stage({ 'a.yml': GOOD, 'b.yml': GOOD });
  for (let run = 0; run < 2; run++) assert.equal(assertJudged(other).status, 0);
  assertKnown(repo);
});

test('settings of the project that name nothing of git are no reason to judge again', (t) => {
  const repo = passed(t, { 'a.yml': GOOD, '.ecs-guardrc.json': POLICY['.ecs-guardrc.json'] });
  assertKnown(repo);
});
