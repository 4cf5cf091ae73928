import assert from 'node:assert/strict';
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome, Repo } from './repo.ts';

/* What tests of caches have in common: the built package in a repository, with and without its engine. */

export const PACKAGE = 'node_modules/ecs-guard-staged';
export const CLI = `${PACKAGE}/dist/cli.cjs`;
export const HOOK = `${PACKAGE}/hooks/pre-commit`;
export const CACHE = '.git/ecs-guard';

/** Absolute paths of the notes of what the hook said, with which it says the same again without the program. */
export function notes(repo: Repo): string[] {
  const cache = repo.at(CACHE);
  const names = existsSync(cache) ? readdirSync(cache) : [];
  return names.filter((name) => name.startsWith('outcome-')).map((name) => join(cache, name));
}

/** The note where there has to be one. */
export function onlyNote(repo: Repo): string {
  const [note, ...more] = notes(repo);
  assert.ok(note !== undefined && more.length === 0);
  return note;
}

export function forgetNotes(repo: Repo): void {
  for (const note of notes(repo)) rmSync(note);
}

/** Everything that a run shows, without the time it took. */
export function timeless({ status, stdout, stderr }: Outcome): Outcome {
  const without = (text: string) => text.replace(/\d+ ms|as before|("elapsed": |time=")[\d.]+/g, '$1n');
  return { status, stdout: without(stdout), stderr: without(stderr) };
}

/** What a run says when it says the same as one before. */
export const asBefore = (text: string) => text.replace(/\d+ ms/, 'as before');

/**
 * Runs something without the parsers and the engine. Only what is known already can be told then; anything else is a
 * bug with a stack.
 */
export function withoutEngine<T>(repo: Repo, action: () => T): T {
  const bundle = repo.at(`${PACKAGE}/dist/engine-bundle.cjs`);
  renameSync(bundle, `${bundle}.away`);
  try {
    return action();
  } finally {
    renameSync(`${bundle}.away`, bundle);
  }
}

/** Whether a run without the engine would have needed it. */
export function neededEngine({ status, stderr }: Outcome): boolean {
  return status === 2 && stderr.includes('engine-bundle.cjs');
}

/**
 * Makes the program another build: the launcher, which names the code cache by it, and the bundle, which names what it
 * keeps by it.
 */
export function becomeAnotherBuild(repo: Repo, build: string): void {
  assert.notEqual(build, '');
  for (const file of [CLI, `${PACKAGE}/dist/cli-bundle.cjs`]) {
    const code = repo.read(file);
    assert.ok(code.includes(build));
    repo.write(file, code.replaceAll(build, 'f'.repeat(16)));
  }
}
