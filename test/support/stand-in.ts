import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Repo } from './repo.ts';

/** The hook file of this project. */
export const HOOK = fileURLToPath(new URL('../../hooks/pre-commit', import.meta.url));

/** A package folder with the real hook, and with a program that only notes how it was called. */
export interface StandIn {
  /** Path of the package folder. */
  readonly folder: string;
  /** The calls so far: arguments, working directory, and what git told the program to be staged. */
  calls(): readonly Call[];
}

interface Call {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly staged: readonly string[];
}

const PROGRAM = `
const { appendFileSync } = require('node:fs');
const { execFileSync } = require('node:child_process');
const staged = execFileSync('git', ['diff', '--cached', '--name-only', '-z'], { encoding: 'utf8' });
const call = { args: process.argv.slice(2), cwd: process.cwd(), staged: staged.split('\\0').slice(0, -1) };
appendFileSync(__dirname + '/calls', JSON.stringify(call) + '\\n');
process.exit(Number(process.env.STAND_IN_EXIT ?? 0));
`;

/**
 * Puts a stand-in for the installed package into a repository. Its program ends with the code in `STAND_IN_EXIT`.
 *
 * @param at folder of the package, from the top of the worktree
 */
export function installStandIn(repo: Repo, at = 'node_modules/ecs-guard-staged'): StandIn {
  const folder = repo.at(at);
  repo.write(join(at, 'package.json'), '{ "name": "ecs-guard-staged" }\n');
  repo.write(join(at, 'dist/cli.cjs'), PROGRAM);
  mkdirSync(join(folder, 'hooks'), { recursive: true });
  copyFileSync(HOOK, join(folder, 'hooks/pre-commit'));
  return {
    folder,
    calls() {
      const record = join(folder, 'dist/calls');
      if (!existsSync(record)) return [];
      const lines = readFileSync(record, 'utf8').split('\n').slice(0, -1);
      return lines.map((line) => JSON.parse(line) as Call);
    },
  };
}

/** Copies the hook to where git looks for it by default, as a person might do by hand. */
export function copyHook(repo: Repo, to = '.git/hooks/pre-commit'): void {
  mkdirSync(dirname(repo.at(to)), { recursive: true });
  copyFileSync(HOOK, repo.at(to));
}
