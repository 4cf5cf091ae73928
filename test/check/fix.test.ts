import assert from 'node:assert/strict';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { describe, it, type TestContext } from 'node:test';
import { run } from '../../src/cli/run.ts';
import { captureIo } from '../support/io.ts';
import { type Repo, type RepoOptions, withRepo } from '../support/repo.ts';

const FILE = 'infra/worker.yml';

const HEAD = `# Runs the worker.
Resources:
  Worker:
    Type: AWS::ECS::TaskDefinition
    Properties:
      RequiresCompatibilities: [FARGATE]
      ContainerDefinitions:
        - Name: app
          Image: app
          User: '1000:1000'
          Privileged: true
          Essential: true
`;
const TAIL = `  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: a
`;
const BAD = HEAD + TAIL;
const GOOD = `${HEAD.replace('Privileged: true', 'Privileged: false')}          ReadonlyRootFilesystem: true\n${TAIL}`;

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function fix(repo: Repo, ...args: string[]): Promise<Ended> {
  return fixWith(repo, {}, ...args);
}

async function fixWith(repo: Repo, env: Record<string, string>, ...args: string[]): Promise<Ended> {
  const io = captureIo({ cwd: repo.path, env: { ...repo.env, ...env } });
  const code = await run(['--no-cache', '--fix', ...args], io);
  return { code, out: io.out(), err: io.err() };
}

const inIndex = (repo: Repo, path = FILE) => repo.git('cat-file', 'blob', `:${path}`).stdout;

function staged(t: TestContext, content = BAD, options: RepoOptions = {}): Repo {
  const repo = withRepo(t, options);
  repo.stage({ [FILE]: content });
  return repo;
}

/** Nothing that a run made for itself. */
function assertTidy(repo: Repo): void {
  assert.deepEqual(readdirSync(repo.at('infra')), ['worker.yml']);
  assert.equal(repo.git('fsck', '--strict').stderr.replace(/^(?:notice|Checking|dangling).*\n/gm, ''), '');
}

describe('check --fix of what is staged', () => {
  it('repairs the index and the working tree, and tells what it did', async (t) => {
    const repo = staged(t);
    const { code, out } = await fix(repo);
    assert.equal(
      out,
      `fixed  ${FILE}:11  Worker › app  tasks_denied_privileged  Privileged: false\n` +
        `fixed  ${FILE}:13  Worker › app  tasks_readonly_root_filesystem  ReadonlyRootFilesystem: true\n\n`,
    );
    assert.equal(code, 0);
    assert.equal(inIndex(repo), GOOD);
    assert.equal(repo.read(FILE), GOOD);
    assert.equal(repo.git('status', '--short').stdout, `A  ${FILE}\n`);
    assertTidy(repo);
  });

  it('changes nothing the second time', async (t) => {
    const repo = staged(t);
    await fix(repo);
    const before = statSync(repo.at(FILE));
    const { code, out } = await fix(repo);
    assert.deepEqual([code, out], [0, '']);
    assert.equal(statSync(repo.at(FILE)).ino, before.ino);
  });

  it('ends as a check does when something is left, and tells what to write', async (t) => {
    const repo = staged(t, BAD.replace("          User: '1000:1000'\n", ''));
    const { code, out } = await fix(repo);
    assert.equal(code, 1);
    assert.match(out, /to do .* tasks_require_user .*add below line 12:\n {10}User: '1000:1000'\n/);
    assert.match(out, /✖ 1 violation in 1 of 1 staged template/);
  });

  it('works from a folder of the repository, and in a repository with SHA-256', async (t) => {
    const repo = staged(t, BAD, { objectFormat: 'sha256' });
    const io = captureIo({ cwd: repo.at('infra'), env: repo.env });
    assert.equal(await run(['--no-cache', '--fix'], io), 0);
    assert.match(io.out(), /^fixed {2}worker\.yml:11/);
    assert.equal(inIndex(repo), GOOD);
    assert.equal(repo.read(FILE), GOOD);
  });

  it('keeps the mode of the file in the index, and its other mode on disk', async (t) => {
    const repo = withRepo(t);
    repo.write(FILE, BAD, 0o755);
    repo.git('add', FILE);
    chmodSync(repo.at(FILE), 0o600);
    await fix(repo);
    assert.match(repo.git('ls-files', '--stage').stdout, /^100755 /);
    assert.equal(statSync(repo.at(FILE)).mode & 0o777, 0o600);
    assert.equal(repo.read(FILE), GOOD);
  });

  it('touches names that only look like patterns or options literally', async (t) => {
    const repo = withRepo(t);
    const names = ['in*fra/wor ker.yml', '-n.yml', ':(top)x.yml', 'ü"\n.yml'];
    repo.stage(Object.fromEntries(names.map((name) => [name, BAD])));
    assert.equal((await fix(repo)).code, 0);
    for (const name of names) {
      assert.equal(inIndex(repo, name), GOOD);
      assert.equal(repo.read(name), GOOD);
    }
  });

  it('leaves alone what is excused, and what was there before when only new violations count', async (t) => {
    const repo = withRepo(t);
    repo.stage({ [FILE]: BAD });
    repo.git('commit', '--quiet', '--message', 'old');
    repo.stage({ [FILE]: `${BAD}  Other: { Type: AWS::SNS::Topic }\n` });
    const { code, out } = await fix(repo, '--new');
    assert.deepEqual([code, out.includes('fixed')], [0, false]);
    assert.equal(repo.read(FILE), `${BAD}  Other: { Type: AWS::SNS::Topic }\n`);
  });
});

describe('check --fix with a working tree that was edited', () => {
  /** What is staged is repaired; the working tree comes out as expected. */
  async function afterEdit(t: TestContext, edited: string, expected: string): Promise<string> {
    const repo = staged(t);
    repo.write(FILE, edited);
    const { out } = await fix(repo);
    assert.equal(inIndex(repo), GOOD);
    assert.equal(repo.read(FILE), expected);
    assertTidy(repo);
    return out;
  }

  it('keeps lines at the beginning and the end', async (t) => {
    await afterEdit(t, `# first\n${BAD}# last`, `# first\n${GOOD}# last`);
  });

  it('keeps lines next to those that are repaired', async (t) => {
    const mine = '          Command: [run]\n';
    await afterEdit(
      t,
      HEAD + mine + TAIL,
      GOOD.replace('          ReadonlyRoot', `${mine}          ReadonlyRoot`),
    );
  });

  it('keeps lines below a value that is repaired at the end of the file', async (t) => {
    const repo = staged(t, HEAD);
    repo.write(FILE, `${HEAD}# more to come\n`);
    await fix(repo);
    const end = '          ReadonlyRootFilesystem: true\n';
    assert.equal(
      repo.read(FILE),
      `${HEAD.replace('Privileged: true', 'Privileged: false')}${end}# more to come\n`,
    );
  });

  it('lets edits of the same line win', async (t) => {
    const edited = BAD.replace('Privileged: true', 'Privileged: true # for now');
    const out = await afterEdit(t, edited, edited);
    assert.match(
      out,
      /note {3}infra\/worker\.yml {2}only what is staged was repaired, since the working tree has other edits/,
    );
  });

  it('lets somebody have removed the resource', async (t) => {
    const out = await afterEdit(t, `Resources:\n${TAIL}`, `Resources:\n${TAIL}`);
    assert.doesNotMatch(out, /note/);
  });

  it('lets a file be broken', async (t) => {
    const edited = BAD.replace('Name: app', 'Name: "app').replace('Image: app', 'Image: [');
    await afterEdit(
      t,
      edited,
      edited
        .replace('Privileged: true', 'Privileged: false')
        .replace(TAIL, `          ReadonlyRootFilesystem: true\n${TAIL}`),
    );
  });

  it('lets a file be binary', async (t) => {
    const edited = `\0${BAD.replace('a', '\0')}`;
    await afterEdit(t, edited, edited);
  });

  it('lets a file be repaired already', async (t) => {
    await afterEdit(t, GOOD, GOOD);
  });

  it('keeps CRLF that git has checked out', async (t) => {
    const crlf = (text: string) => text.replaceAll('\n', '\r\n');
    const repo = withRepo(t);
    repo.git('config', 'core.autocrlf', 'true');
    repo.stage({ [FILE]: crlf(BAD) });
    assert.equal(inIndex(repo), BAD);
    await fix(repo);
    assert.equal(inIndex(repo), GOOD);
    assert.equal(repo.read(FILE), crlf(GOOD));
    assert.equal(repo.git('status', '--short').stdout, `A  ${FILE}\n`);
  });

  it('keeps CRLF and edits', async (t) => {
    const crlf = (text: string) => text.replaceAll('\n', '\r\n');
    await afterEdit(t, crlf(`# first\n${BAD}`), crlf(`# first\n${GOOD}`));
  });

  it('leaves a file deleted', async (t) => {
    const repo = staged(t);
    rmSync(repo.at(FILE));
    const { out } = await fix(repo);
    assert.equal(inIndex(repo), GOOD);
    assert.deepEqual(readdirSync(repo.at('infra')), []);
    assert.match(out, /since there is no such file in the working tree/);
  });

  it('leaves a symbolic link, and what it points to', async (t) => {
    const repo = staged(t);
    repo.write('elsewhere.yml', BAD);
    rmSync(repo.at(FILE));
    symlinkSync('../elsewhere.yml', repo.at(FILE));
    await fix(repo);
    assert.equal(inIndex(repo), GOOD);
    assert.ok(lstatSync(repo.at(FILE)).isSymbolicLink());
    assert.equal(repo.read('elsewhere.yml'), BAD);
  });

  it('leaves a folder that became a symbolic link', async (t) => {
    const repo = staged(t);
    repo.write('../outside/worker.yml', BAD);
    rmSync(repo.at('infra'), { recursive: true });
    symlinkSync('../outside', repo.at('infra'));
    await fix(repo);
    assert.equal(inIndex(repo), GOOD);
    assert.equal(repo.read('../outside/worker.yml'), BAD);
  });

  it('leaves a folder in the place of the file', async (t) => {
    const repo = staged(t);
    rmSync(repo.at(FILE));
    mkdirSync(repo.at(FILE));
    await fix(repo);
    assert.equal(inIndex(repo), GOOD);
    assert.ok(lstatSync(repo.at(FILE)).isDirectory());
  });
});

describe('check --fix that has to refuse', () => {
  it('changes nothing of a file that git is told to overlook', async (t) => {
    const repo = staged(t);
    repo.git('update-index', '--assume-unchanged', FILE);
    const { code, out } = await fix(repo);
    assert.equal(code, 1);
    assert.match(out, /^note {3}infra\/worker\.yml {2}nothing was fixed, since /);
    assert.equal(repo.read(FILE), BAD);
  });

  it('changes nothing in the index of a commit of some files only', async (t) => {
    const repo = staged(t);
    const { out } = await fixWith(repo, { GIT_INDEX_FILE: repo.at('.git/next-index-1.lock') });
    assert.doesNotMatch(out, /fixed/);
    assert.equal(repo.read(FILE), BAD);
  });

  it('says so when another process holds the index', async (t) => {
    const repo = staged(t);
    repo.write('.git/index.lock', '');
    const { code, out } = await fix(repo);
    assert.equal(code, 1);
    assert.match(
      out,
      /only the working tree was repaired, since the index cannot be written to: .*index\.lock/,
    );
    assert.equal(inIndex(repo), BAD);
  });

  it('does not take a scope', async (t) => {
    const repo = staged(t);
    const { code, err } = await fix(repo, '--all');
    assert.equal(code, 2);
    assert.match(err, /`--fix` repairs what is staged/);
  });
});

describe('check --fix of files that are named', () => {
  it('repairs the file on disk, and not the index', async (t) => {
    const repo = staged(t);
    repo.write(FILE, `# mine\n${BAD}`);
    const { code, out } = await fix(repo, FILE);
    assert.equal(code, 0);
    assert.match(out, /^fixed {2}infra\/worker\.yml:12 /);
    assert.equal(repo.read(FILE), `# mine\n${GOOD}`);
    assert.equal(inIndex(repo), BAD);
  });

  it('repairs what is below a folder, outside of any repository', async (t) => {
    const repo = staged(t);
    rmSync(repo.at('.git'), { recursive: true });
    repo.write(
      'infra/deep/task.json',
      JSON.stringify({ family: 'f', containerDefinitions: [{ name: 'a', user: '1', image: 'i' }] }),
    );
    assert.equal((await fix(repo, 'infra')).code, 0);
    assert.equal(repo.read(FILE), GOOD);
    assert.match(repo.read('infra/deep/task.json'), /"image":"i","readonlyRootFilesystem":true\}/);
  });

  it('refuses symbolic links', async (t) => {
    const repo = staged(t);
    symlinkSync('worker.yml', repo.at('infra/link.yml'));
    const { code, out } = await fix(repo, 'infra/link.yml');
    assert.equal(code, 1);
    assert.match(out, /nothing was fixed, since it is not a plain file, perhaps a symbolic link/);
    assert.equal(repo.read(FILE), BAD);
  });

  it('says so when a folder cannot be written to', async (t) => {
    if (process.getuid?.() === 0) return t.skip('root may write everywhere');
    const repo = staged(t);
    chmodSync(repo.at('infra'), 0o555);
    t.after(() => chmodSync(repo.at('infra'), 0o755));
    const { code, out } = await fix(repo, FILE);
    assert.equal(code, 1);
    assert.match(out, /nothing was fixed, since it cannot be written: EACCES/);
  });
});

describe('check --fix --dry-run', () => {
  it('prints what git can apply, and changes nothing', async (t) => {
    const repo = staged(t, BAD.replaceAll('\n', '\r\n').trimEnd());
    const before = readFileSync(repo.at('.git/index'));
    const { code, out, err } = await fix(repo, '--dry-run');
    assert.deepEqual(
      [code, err],
      [1, 'Tip: `npx ecs-guard-staged explain RULE` says why a rule is there and how to satisfy it.\n'],
    );
    assert.ok(readFileSync(repo.at('.git/index')).equals(before));
    repo.write('fix.patch', out);
    repo.git('apply', '--index', 'fix.patch');
    assert.equal(repo.read(FILE), GOOD.replaceAll('\n', '\r\n').trimEnd());
  });

  it('needs --fix', async (t) => {
    const repo = staged(t);
    const io = captureIo({ cwd: repo.path, env: repo.env });
    assert.equal(await run(['--dry-run'], io), 2);
    assert.match(io.err(), /write `--fix --dry-run`/);
  });
});

it('says nothing when it is told to be quiet and all went well', async (t) => {
  const repo = staged(t);
  assert.deepEqual(await fix(repo, '--quiet'), { code: 0, out: '', err: '' });
  assert.equal(inIndex(repo), GOOD);
});

it('leaves standard output to the report that a program reads', async (t) => {
  const repo = staged(t);
  const { out, err } = await fix(repo, '--format', 'json');
  assert.equal(JSON.parse(out).counts.violations, 0);
  assert.match(err, /^fixed/);
});
