import { cacheDirectory } from '../cache/directory.ts';
import { diskStore, NO_STORE, type Store } from '../cache/store.ts';
import { findWorktree, type Worktree } from '../git/worktree.ts';
import { buildReport } from '../report/build.ts';
import type { Report, Shard } from '../report/report.ts';
import { namedInputs, stagedInputs } from './inputs.ts';
import { judge } from './judge.ts';
import { findWorktreeIfAny } from './repository.ts';
import { loadRules } from './rules.ts';
import { type RuleChoice, selectRules } from './selection.ts';

export interface CheckRequest extends RuleChoice {
  /** What git inherits, and where the cache may be outside of a repository. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Files and folders to judge; none: what is staged. */
  readonly paths: readonly string[];
  /** Of the files that `paths` stands for, only this part. What is staged is always judged as a whole. */
  readonly shard?: Shard | undefined;
  /** The worktree, when it is known already. */
  readonly worktree?: Worktree | undefined;
  /** Milliseconds since the run began. */
  readonly elapsed: () => number;
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
  const selection = selectRules(request, worktree?.top ?? cwd);
  // Reading blobs is git's work; rules are loaded meanwhile.
  const gathering =
    worktree === null || named
      ? namedInputs(place, worktree, paths, request.shard)
      : stagedInputs(place, worktree);
  const [inputs, rules] = await Promise.all([
    gathering,
    loadRules(selection, cwd, storeFor(worktree?.commonDirectory ?? null, env)),
  ]);
  const judged = judge(inputs.files, rules.programs);
  return buildReport({
    staged: inputs.staged,
    shard: request.shard,
    templates: judged.templates,
    findings: judged.findings,
    diagnostics: [...inputs.diagnostics, ...rules.diagnostics, ...judged.diagnostics],
    ruleCount: rules.ruleCount,
    ruleSources: rules.programs.map(({ source }) => source),
    elapsed: request.elapsed(),
  });
}

function storeFor(commonDirectory: string | null, env: CheckRequest['env']): Store {
  const directory = cacheDirectory(commonDirectory, env);
  return directory === null ? NO_STORE : diskStore(directory);
}
