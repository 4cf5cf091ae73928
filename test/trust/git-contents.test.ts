import assert from 'node:assert/strict';
import { readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { after, test } from 'node:test';
import { accepted, assertGuarded, BAD, CLI, GOOD, guard, rejected, unguarded } from '../support/guarded.ts';
import type { Repo } from '../support/repo.ts';

/* What git makes of contents and names on their way to the index: what is in the index is judged, by its own name. */

const guarded = guard({ after });

/** By the rules that come with the package, some of which know a repair. */
const WRITABLE = `Resources:
  Worker:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: app
          Image: app
          ReadonlyRootFilesystem: false
          User: '1000:1000'
`;
const READ_ONLY = WRITABLE.replace('false', 'true');

function withAttributes(repo: Repo, attributes: string): void {
  repo.stage({ '.gitattributes': `${attributes}\n` });
  unguarded(repo, 'attributes');
}

/** Repairs what is staged by the rules of the package. */
const fix = (repo: Repo) => repo.run(process.execPath, [CLI, '--fix', '--pack', 'baseline']);

const POINTER = `version https://git-lfs.github.com/spec/v1
oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
size 12345
`;

test('what stands for a content that git does not have, or that is encrypted, is no template', (t) => {
  const repo = guarded.repo(t);
  const contents = {
    pointer: POINTER,
    secret: Buffer.from('\0GITCRYPT\0\x01\xff\xfe\n', 'latin1'),
    empty: '',
  };
  for (const [name, content] of Object.entries(contents))
    repo.stage({ [`${name}.yml`]: content, [`${name}.json`]: content, [`${name}.template`]: content });
  const commit = repo.commit();
  accepted(commit);
  assert.doesNotMatch(commit.stdout + commit.stderr, /pointer\.\w+:|secret\.\w+:|empty\.\w+:|error/);
  const all = repo.run(process.execPath, [CLI, '--all']);
  assert.deepEqual([all.status, all.stdout, all.stderr], [0, '', '']);
});

test('what a filter makes of a file is judged, not the file', (t) => {
  const repo = guarded.repo(t);
  repo.git('config', 'filter.demote.clean', 'sed s/root/app/');
  repo.git('config', 'filter.demote.smudge', 'sed s/app/root/');
  repo.git('config', 'filter.promote.clean', 'sed s/app/root/');
  repo.git('config', 'filter.promote.required', 'true');
  withAttributes(repo, 'good.yml filter=demote\nbad.yml filter=promote');
  repo.stage({ 'good.yml': BAD });
  accepted(repo.commit());
  repo.stage({ 'bad.yml': GOOD.replace('Name: app', 'Name: api') });
  const hook = repo.run('sh', ['.git/hooks/pre-commit']);
  assert.match(hook.stdout, /^bad\.yml:8:17 {2}Worker › api {2}no_root/m);
});

test('a file that git keeps as UTF-8 is judged, and repaired, as git has it', (t) => {
  const repo = guarded.repo(t);
  withAttributes(repo, '*.yml text working-tree-encoding=UTF-16LE-BOM');
  const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
  repo.stage({ 'a.yml': utf16(BAD) });
  if (repo.git('show', ':a.yml').stdout !== BAD) return t.skip('this git does not convert');
  rejected(repo.commit(), 'a.yml');
  repo.stage({ 'a.yml': utf16(WRITABLE) });
  const repaired = fix(repo);
  assert.match(repaired.stdout + repaired.stderr, /only what is staged was repaired/);
  assert.equal(repo.git('show', ':a.yml').stdout, READ_ONLY);
  assert.deepEqual(readFileSync(repo.at('a.yml')), utf16(WRITABLE));
});

for (const [title, setting] of [
  ['core.autocrlf=true', (repo: Repo) => repo.git('config', 'core.autocrlf', 'true')],
  ['core.autocrlf=input', (repo: Repo) => repo.git('config', 'core.autocrlf', 'input')],
  ['the attribute eol=crlf', (repo: Repo) => withAttributes(repo, '* text eol=crlf')],
  ['the attribute -text', (repo: Repo) => withAttributes(repo, '* -text')],
] as const)
  test(`${title} moves no violation and no repair`, (t) => {
    const repo = guarded.repo(t);
    setting(repo);
    assertGuarded(repo);
    const crlf = (text: string) => text.replaceAll('\n', '\r\n');
    repo.stage({ 'a.yml': crlf(BAD) });
    rejected(repo.commit(), 'a.yml');
    repo.stage({ 'a.yml': crlf(WRITABLE) });
    const before = repo.git('show', ':a.yml').stdout;
    fix(repo);
    assert.equal(repo.git('show', ':a.yml').stdout, before.replace('false', 'true'));
    assert.equal(repo.read('a.yml'), crlf(READ_ONLY));
  });

test('an expanded identifier is neither judged nor staged by a repair', (t) => {
  const repo = guarded.repo(t);
  withAttributes(repo, '*.yml ident');
  repo.stage({ 'a.yml': `# $Id: 0123 $\n${WRITABLE}` });
  fix(repo);
  assert.equal(repo.git('show', ':a.yml').stdout, `# $Id$\n${READ_ONLY}`);
  assert.equal(repo.read('a.yml'), `# $Id: 0123 $\n${READ_ONLY}`);
});

test('a link is no template, what it leads to is one, and either may become the other', (t) => {
  const repo = guarded.repo(t);
  repo.write('real.yaml', BAD);
  symlinkSync('real.yaml', repo.at('link.yml'));
  repo.git('add', 'link.yml');
  accepted(repo.commit());
  repo.git('add', '.');
  const commit = repo.commit();
  rejected(commit, 'real.yaml');
  assert.doesNotMatch(commit.stdout, /link/);
  rmSync(repo.at('link.yml'));
  repo.write('link.yml', BAD);
  rejected(repo.commit('--only', '--', 'link.yml'), 'link.yml');
  repo.stage({ 'link.yml': GOOD, 'real.yaml': GOOD });
  accepted(repo.commit());
  rmSync(repo.at('link.yml'));
  symlinkSync('real.yaml', repo.at('link.yml'));
  accepted(repo.commit('-a'));
});

test('a link in the place of a folder hides neither its files nor its settings', (t) => {
  const repo = guarded.repo(t);
  const own = { packs: [], rules: ['own.guard'] };
  repo.stage({
    'infra/.ecs-guardrc.json': JSON.stringify(own),
    'infra/own.guard': "rule own { Resources.Worker.Properties.Family == 'x' }\n",
    'infra/app.yml': GOOD,
  });
  repo.write('../elsewhere/readme.md', '');
  renameSync(repo.at('infra'), repo.at('../infra'));
  symlinkSync('../elsewhere', repo.at('infra'));
  assert.match(repo.run('sh', ['.git/hooks/pre-commit']).stdout, /^infra\/app\.yml:\S+ .* own/m);
  const named = repo.run(process.execPath, [CLI, repo.at('infra/app.yml')], {
    env: { GIT_INDEX_FILE: repo.at('.git/index') },
  });
  assert.match(named.stdout, /^infra\/app\.yml:\S+ .* own/m);
});

test('a name of which only the case changes is judged as a new one', (t) => {
  const repo = guarded.repo(t);
  repo.stage({ 'app.yml': BAD });
  unguarded(repo, 'bad');
  for (const ignoreCase of ['false', 'true']) {
    repo.git('config', 'core.ignoreCase', ignoreCase);
    repo.git('mv', '--force', 'app.yml', 'App.YML');
    rejected(repo.commit(), 'App.YML');
    repo.git('mv', '--force', 'App.YML', 'app.yml');
  }
});

/** As the report shows them: on one line, with white space as one blank. */
const NAMES: Readonly<Record<string, string>> = {
  'with space.yml': 'with space.yml',
  ' at both ends .yml': 'at both ends .yml',
  'quote"\'.yml': 'quote"\'.yml',
  'back\\slash.yml': 'back\\slash.yml',
  'C:\\windows\\a.yml': 'C:\\windows\\a.yml',
  'new\nline.yml': 'new line.yml',
  'tab\t.yml': 'tab\\u0009.yml',
  'escape\x1b[2J.yml': 'escape\\u001b[2J.yml',
  'ünïcode-日本.yml': 'ünïcode-日本.yml',
  'decomposed-u\u0308.yml': 'decomposed-u\u0308.yml',
  '-dash.yml': '-dash.yml',
  '--all/--fix.yml': '--all/--fix.yml',
  ':(exclude)**.yml': ':(exclude)**.yml',
  ':!not.yml': ':!not.yml',
  'star*[ab]?.yml': 'star*[ab]?.yml',
  '$(touch ran).yml': '$(touch ran).yml',
  '.yml': '.yml',
  'constructor/__proto__.yml': 'constructor/__proto__.yml',
  [`${'long'.repeat(60)}.yml`]: `${'long'.repeat(60)}.yml`,
};

test('templates with odd names are judged, each by its own', (t) => {
  const repo = guarded.repo(t);
  repo.stage(Object.fromEntries(Object.keys(NAMES).map((name) => [name, BAD])));
  const commit = repo.commit();
  for (const shown of Object.values(NAMES)) rejected(commit, shown);
  repo.stage(Object.fromEntries(Object.keys(NAMES).map((name) => [name, GOOD])));
  accepted(repo.commit());
  assert.throws(() => repo.read('ran'), { code: 'ENOENT' });
});

/** Stages contents under names that no file system has to like. */
function stageBytes(repo: Repo, files: readonly (readonly [Buffer, string])[]): void {
  const entries = files.map(([name, content]) => {
    const blob = repo.run('git', ['hash-object', '-w', '--stdin'], { input: content }).stdout.trim();
    return Buffer.concat([Buffer.from(`100644 ${blob}\t`), name, Buffer.from('\0')]);
  });
  accepted(repo.run('git', ['update-index', '-z', '--index-info'], { input: Buffer.concat(entries) }));
}

test('a name that is not UTF-8 is not mixed up with one that looks like it', (t) => {
  const bytes = Buffer.from('caf\xe9.yml', 'latin1');
  const lookalike = Buffer.from('caf\\351.yml');
  for (const [names, shown] of [
    [[bytes, lookalike], 'caf\\351.yml'],
    [[lookalike, bytes], 'caf\\\\351.yml'],
  ] as const) {
    const repo = guarded.repo(t);
    stageBytes(repo, [
      [names[0], BAD],
      [names[1], GOOD],
    ]);
    rejected(repo.run('sh', ['.git/hooks/pre-commit']), shown);
    rejected(repo.run(process.execPath, [CLI, '--all']), shown);
  }
});

test('names that are longer than a file system allows are judged', (t) => {
  const repo = guarded.repo(t);
  const names = [`${'n'.repeat(300)}/a.yml`, `${`${'folder'.repeat(10)}/`.repeat(80)}a.yml`];
  const stage = (content: string) =>
    stageBytes(
      repo,
      names.map((name) => [Buffer.from(name), content]),
    );
  stage(BAD);
  const hook = repo.run('sh', ['.git/hooks/pre-commit']);
  assert.equal(hook.status, 1, hook.stderr);
  for (const name of names) rejected(hook, name);
  const repaired = fix(repo);
  assert.doesNotMatch(repaired.stderr, /this is a bug/);
  stage(GOOD);
  accepted(repo.commit());
});
