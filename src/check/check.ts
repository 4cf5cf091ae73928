import { cacheDirectory } from '../cache/directory.ts';
import { diskStore, NO_STORE, type Store } from '../cache/store.ts';
import { findWorktree, type Worktree } from '../git/worktree.ts';
import { buildReport, type Gathered } from '../report/build.ts';
import type { Report, Shard } from '../report/report.ts';
import { namedInputs, stagedInputs } from './inputs.ts';
import type { OnProgress } from './judge.ts';
import { findWorktreeIfAny } from './repository.ts';
import { readRuleSet } from './rule-set.ts';
import { type RuleChoice, selectRules } from './selection.ts';
import { type NamedVerdict, verdictsOf } from './verdicts.ts';

export interface CheckRequest extends RuleChoice {
  /** What git inherits, and where the cache may be outside of a repository. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Files and folders to judge; none: what is staged. */
  readonly paths: readonly string[];
  /** Of the files that `paths` stands for, only this part. What is staged is always judged as a whole. */
  readonly shard?: Shard | undefined;
  /** The worktree, when it is known already. */
  readonly worktree?: Worktree | undefined;
  /** Absolute path of the folder of the cache instead of the usual one; null: nothing is recalled or kept. */
  readonly cache?: string | null | undefined;
  /** Version of Node, which verdicts may depend on. Without it none is recalled or kept. */
  readonly runtime?: string | undefined;
  /** Milliseconds since the run began. */
  readonly elapsed: () => number;
  readonly onProgress?: OnProgress | undefined;
}

/**
 * The whole job: inputs and rules to a report. One bad file never hides the verdicts of the others.
 *
 * @throws {DiagnosticError} when nothing at all can be judged: no repository, or settings that cannot be used
 */
export async function check(request: CheckRequest): Promise<Report> {
  const { cwd, env, paths } = request;
  const place = { cwd, env };
  const named = paths.length > 0;
  const worktree = request.worktree ?? (await (named ? findWorktreeIfAny(place) : findWorktree(place)));
  const selection = await selectRules(request, worktree?.top ?? cwd);
  const inputs =
    worktree === null || named
      ? namedInputs(place, worktree, paths, request.shard)
      : stagedInputs(place, worktree);
  const store = storeFor(request, worktree);
  const { runtime, onProgress } = request;
  const rules = readRuleSet(selection, cwd);
  const outcome = await verdictsOf(inputs.files, rules, { place, worktree, store, runtime, onProgress });
  return buildReport({
    staged: inputs.staged,
    shard: request.shard,
    ...sortedOut(outcome.verdicts),
    diagnostics: [...inputs.diagnostics, ...outcome.diagnostics],
    ruleCount: outcome.ruleCount,
    elapsed: request.elapsed(),
  });
}

function sortedOut(verdicts: readonly NamedVerdict[]): Pick<Gathered, 'templates' | 'findings' | 'rules'> {
  return {
    templates: verdicts.flatMap(({ path, verdict: { status } }) =>
      status === null ? [] : [{ path, status }],
    ),
    findings: verdicts.flatMap(({ path, verdict }) =>
      verdict.findings.map((finding) => ({ file: path, ...finding })),
    ),
    rules: verdicts.flatMap(({ verdict }) => verdict.rules),
  };
}

function storeFor({ cache, env }: CheckRequest, worktree: Worktree | null): Store {
  const directory = cache === undefined ? cacheDirectory(worktree?.commonDirectory ?? null, env) : cache;
  return directory === null ? NO_STORE : diskStore(directory);
}
