import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, readdirSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { installBuilt, succeeded } from '../support/installed.ts';
import { Random } from '../support/random.ts';
import { openRepo, type Repo, withRepo } from '../support/repo.ts';

/* A repair that is killed at any moment loses nothing, and the next one completes it. */

const FILES = ['infra/a.yml', 'infra/b.yml'];
const HEAD =
  'Resources:\n  T:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      ContainerDefinitions:\n';
const CONTAINER =
  "        - Name: app\n          User: '1'\n          ReadonlyRootFilesystem: false\n          Essential: true\n";
const TAIL = '  Topic:\n    Type: AWS::SNS::Topic\n';
const BAD = HEAD + CONTAINER + TAIL;
const GOOD = BAD.replace('false', 'true');
/** What is in the working tree, before and after a repair. */
const MINE = `# mine\n${BAD}`;
const MINE_REPAIRED = `# mine\n${GOOD}`;

/** A repository in which two files are staged, and edited since. */
function original(t: TestContext): Repo {
  const repo = withRepo(t);
  installBuilt(repo, '../ecs-guard-staged');
  repo.stage(Object.fromEntries(FILES.map((file) => [file, BAD])));
  for (const file of FILES) repo.write(file, MINE);
  return repo;
}

/** A copy whose temporary files go away with the test, since a program that is killed cannot take them away. */
function copyOf(repo: Repo, number: number): Repo {
  const path = repo.at(`../copy-${number}`);
  cpSync(repo.path, path, { recursive: true });
  const temporary = repo.at('..');
  return openRepo(path, { ...repo.env, TMPDIR: temporary, TEMP: temporary });
}

const cli = (repo: Repo) => repo.at('../ecs-guard-staged/dist/cli.cjs');

/** Object ids of what is staged, before and after a repair. */
interface Ids {
  readonly bad: string;
  readonly good: string;
}

function idsIn(repo: Repo): Ids {
  const idOf = (input: string) => repo.run('git', ['hash-object', '--stdin'], { input }).stdout.trim();
  return { bad: idOf(BAD), good: idOf(GOOD) };
}

/** A process of git that had been started goes on when the one that started it is gone. */
async function untilGitIsDone(repo: Repo): Promise<void> {
  for (let waited = 0; existsSync(repo.at('.git/index.lock')) && waited < 2000; waited += 10) await pause(10);
}

/** Contents of the index, as object ids by path. */
function index(repo: Repo): Map<string, string> {
  const lines = repo.git('ls-files', '--stage').stdout.trim().split('\n');
  return new Map(lines.map((line) => [line.split('\t')[1]!, line.split(' ')[1]!]));
}

/** @returns what each file has become, in a few words */
async function assertNothingLost(repo: Repo, ids: Ids): Promise<string> {
  await untilGitIsDone(repo);
  repo.git('fsck', '--strict');
  const entries = index(repo);
  const states = FILES.map((file) => {
    const staged = entries.get(file);
    const worktree = repo.read(file);
    assert.ok(staged === ids.bad || staged === ids.good);
    // The working tree is never behind the index, where it would look as if somebody had taken the repair back.
    if (staged === ids.good || worktree !== MINE) assert.equal(worktree, MINE_REPAIRED);
    return `${staged === ids.good} ${worktree === MINE_REPAIRED}`;
  });
  const others = readdirSync(repo.at('infra')).filter((name) => !FILES.includes(`infra/${name}`));
  for (const name of others) assert.match(name, /^\.[ab]\.yml\.\w+\.tmp$/);
  assert.ok(others.length <= 1);
  return states.join();
}

function assertCompletes(repo: Repo, ids: Ids): void {
  succeeded(repo.run(process.execPath, [cli(repo), '--fix', '--no-cache']));
  assert.deepEqual([...index(repo).values()], [ids.good, ids.good]);
  for (const file of FILES) assert.equal(repo.read(file), MINE_REPAIRED);
}

test('a repair that is killed at any of its steps loses nothing, and the next one completes it', async (t) => {
  const repo = original(t);
  const ids = idsIn(repo);
  const preload = fileURLToPath(new URL('../support/kill-at.cjs', import.meta.url));
  const states = new Map<string, Repo>();
  let kills = 0;
  for (const when of ['before', 'started'])
    for (let step = 1; ; step++) {
      const copy = copyOf(repo, ++kills);
      const env = { KILL_AT: String(step), KILL_WHEN: when };
      const args = ['--require', preload, cli(copy), '--fix', '--no-cache'];
      const { status } = copy.run(process.execPath, args, { env });
      states.set(await assertNothingLost(copy, ids), copy);
      if (status !== null) break;
    }
  // Nothing done, one file of the working tree, both of them, and the index.
  assert.equal(states.size, 4);
  for (const copy of states.values()) assertCompletes(copy, ids);
});

test('a repair that is killed at any moment loses nothing', async (t) => {
  const repo = original(t);
  const ids = idsIn(repo);
  const random = new Random(7);
  const begun = performance.now();
  assertCompletes(copyOf(repo, 0), ids);
  const whole = performance.now() - begun;
  const numbers = Array.from({ length: 100 }, (_, at) => at + 1);
  const killOne = async (number: number) => {
    const copy = copyOf(repo, number);
    const args = [cli(copy), '--fix', '--no-cache'];
    const child = spawn(process.execPath, args, { cwd: copy.path, env: copy.env, stdio: 'ignore' });
    const ended = new Promise((resolve) => child.on('close', resolve));
    await pause(random.next() * whole);
    child.kill('SIGKILL');
    await ended;
    await assertNothingLost(copy, ids);
  };
  while (numbers.length > 0) await Promise.all(numbers.splice(0, 4).map(killOne));
});
