import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** How a process ended. `status` is null when a signal ended it. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Folder to run in; the top of the worktree unless given. */
  readonly cwd?: string;
  /** Variables on top of the repository's own environment; undefined removes one. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string | Buffer;
}

/** A real repository of one test, deaf to the configuration of the machine and of the person who runs the test. */
export interface Repo {
  /** Top of the worktree: absolute, symbolic links resolved. */
  readonly path: string;
  /** The whole environment that every helper starts its process with. */
  readonly env: Readonly<Record<string, string>>;
  /** Absolute path of a file of the worktree. */
  at(path: string): string;
  /** Writes a file and the folders above it; `mode` such as 0o755. */
  write(path: string, content: string | Uint8Array, mode?: number): void;
  read(path: string): string;
  /** Writes files and stages them. */
  stage(files: Readonly<Record<string, string | Uint8Array>>): void;
  /** `git commit`, which may be rejected: look at the outcome. */
  commit(...args: string[]): Outcome;
  /** Runs git. @throws when it does not end with 0, since then the test did not set up what it thinks. */
  git(...args: string[]): Outcome;
  /** Runs git where failing is an expected outcome. */
  tryGit(args: readonly string[], options?: RunOptions): Outcome;
  /** Runs any program in the repository's environment. */
  run(command: string, args: readonly string[], options?: RunOptions): Outcome;
}

export interface RepoOptions {
  readonly objectFormat?: 'sha1' | 'sha256';
  /** Start with one commit of one file, `README.md`; otherwise HEAD is unborn. */
  readonly committed?: boolean;
}

/** The part of a test's context that cleaning up needs. */
export interface Cleanup {
  after(action: () => void): void;
}

/** Makes a temporary folder that goes away with the test. Symbolic links in its path are resolved. */
export function temporaryFolder(t: Cleanup): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ecs-guard-staged-test-')));
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

/** Makes a fresh repository for one test and removes it afterwards. */
export function withRepo(t: Cleanup, options: RepoOptions = {}): Repo {
  const folder = temporaryFolder(t);
  const path = join(folder, 'repo');
  const home = join(folder, 'home');
  mkdirSync(path);
  mkdirSync(home);
  const repo = openRepo(path, isolatedEnvironment(home));
  // As every git understands it; 2.28 was the first with `--initial-branch`.
  repo.git('init', '--quiet', ...(options.objectFormat === 'sha256' ? ['--object-format=sha256'] : []));
  repo.git('symbolic-ref', 'HEAD', 'refs/heads/main');
  if (options.committed === true) {
    repo.stage({ 'README.md': '# test\n' });
    repo.git('commit', '--quiet', '--message', 'first');
  }
  return repo;
}

/** The same helpers for another folder, for example a linked worktree or a submodule. */
export function openRepo(path: string, env: Readonly<Record<string, string>>): Repo {
  const run: Repo['run'] = (command, args, options = {}) =>
    outcomeOf(command, args, { cwd: path, ...options, env: { ...env, ...options.env } });
  const repo: Repo = {
    path,
    env,
    run,
    at: (file) => join(path, file),
    read: (file) => readFileSync(join(path, file), 'utf8'),
    tryGit: (args, runOptions) => run('git', args, runOptions),
    commit: (...args) => run('git', ['commit', '--message', 'change', ...args]),
    write(file, content, mode) {
      const target = join(path, file);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, content);
      if (mode !== undefined) chmodSync(target, mode);
    },
    stage(files) {
      for (const [file, content] of Object.entries(files)) repo.write(file, content);
      repo.git('--literal-pathspecs', 'add', '--force', '--', ...Object.keys(files));
    },
    git(...args) {
      const outcome = run('git', args);
      if (outcome.status !== 0) throw new Error(`git ${args.join(' ')} failed: ${outcome.stderr}`);
      return outcome;
    },
  };
  return repo;
}

/** Built from nothing, because a test may itself be running inside a hook, with GIT_DIR and GIT_INDEX_FILE set. */
function isolatedEnvironment(home: string): Record<string, string> {
  const person = { NAME: 'Test', EMAIL: 'test@example.com', DATE: '2024-01-01T00:00:00Z' };
  const env: Record<string, string> = {
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    // Not /dev/null: `git config --global` puts a file in the place of what stands here.
    GIT_CONFIG_GLOBAL: join(home, '.gitconfig'),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
  for (const [name, value] of Object.entries(person)) {
    env[`GIT_AUTHOR_${name}`] = value;
    env[`GIT_COMMITTER_${name}`] = value;
  }
  for (const name of ['PATH', 'TMPDIR', 'TEMP', 'SystemRoot', 'PATHEXT']) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  return env;
}

function outcomeOf(command: string, args: readonly string[], options: RunOptions): Outcome {
  const result = spawnSync(command, args, {
    cwd: options.cwd,
    env: definedOnly(options.env ?? {}),
    input: options.input ?? '',
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (result.error !== undefined) throw result.error;
  return { status: result.status, stdout: result.stdout, stderr: result.stderr };
}

function definedOnly(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const defined: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) if (value !== undefined) defined[name] = value;
  return defined;
}
