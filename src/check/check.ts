import { cacheDirectory } from '../cache/directory.ts';
import { diskStore, NO_STORE, type Store } from '../cache/store.ts';
import { readSettings } from '../config/config.ts';
import { findWorktree, type Worktree } from '../git/worktree.ts';
import { buildReport } from '../report/build.ts';
import type { Report, Shard } from '../report/report.ts';
import { namedInputs, stagedInputs } from './inputs.ts';
import { judge } from './judge.ts';
import { DEFAULT_PACKS, PACKS, type Pack } from './packs.ts';
import { findWorktreeIfAny } from './repository.ts';
import { loadRules, type RuleSelection } from './rules.ts';

export interface CheckRequest {
  /** Absolute path of the folder that paths are relative to. */
  readonly cwd: string;
  /** What git inherits, and where the cache may be outside of a repository. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Files and folders to judge; none: what is staged. */
  readonly paths: readonly string[];
  /** Of the files that `paths` stands for, only this part. What is staged is always judged as a whole. */
  readonly shard?: Shard | undefined;
  /** The worktree, when it is known already. */
  readonly worktree?: Worktree | undefined;
  /** Instead of the packs of the settings file. */
  readonly packs?: readonly Pack[] | undefined;
  /** Rule files and folders, instead of those of the settings file. */
  readonly rules?: readonly string[] | undefined;
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

/** What the request names, else what the settings file does, else the default. */
function selectRules(request: CheckRequest, top: string): RuleSelection {
  const settings = readSettings(top, PACKS);
  return {
    packs: request.packs ?? settings.packs ?? DEFAULT_PACKS,
    rules: request.rules ?? settings.rules ?? [],
    base: request.rules === undefined ? top : request.cwd,
  };
}

function storeFor(commonDirectory: string | null, env: CheckRequest['env']): Store {
  const directory = cacheDirectory(commonDirectory, env);
  return directory === null ? NO_STORE : diskStore(directory);
}
