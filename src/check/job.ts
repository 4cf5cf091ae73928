import { cacheDirectory } from '../cache/directory.ts';
import { diskStore, NO_STORE, type Store } from '../cache/store.ts';
import type { Settings } from '../config/settings.ts';
import type { GitPlace } from '../git/exec.ts';
import { findWorktree, type Worktree } from '../git/worktree.ts';
import type { Shard } from '../report/report.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { type Limits, limitsOf, MIB } from '../source/limits.ts';
import { indexInputs, type Scope } from './index-inputs.ts';
import type { Inputs } from './inputs.ts';
import type { Onlooker } from './judging.ts';
import { namedInputs } from './named-inputs.ts';
import { type Policy, policiesFor } from './policies.ts';
import { findWorktreeIfAny } from './repository.ts';
import { findRuleSet, type RuleSet } from './rule-set.ts';
import type { RuleChoice } from './selection.ts';
import type { Surroundings } from './verdicts.ts';

export interface CheckRequest extends RuleChoice, Onlooker {
  /** What git inherits, where the cache may be outside of a repository, and limits. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Instead of what the settings files say. */
  readonly overrides?: Pick<Settings, 'report' | 'failOn'> | undefined;
  /** Files and folders to judge; none: what belongs to the scope. */
  readonly paths: readonly string[];
  /** Whether files that are named are judged as they are on disk, also when something else of them is staged. */
  readonly onDisk?: boolean | undefined;
  /** Default: what is staged. */
  readonly scope?: Scope | undefined;
  /** Of the files to judge only this part. What is staged is always judged as a whole. */
  readonly shard?: Shard | undefined;
  /**
   * The worktree, when it is known already.
   *
   * @internal
   */
  readonly worktree?: Worktree | undefined;
  /** Absolute path of the folder of the cache instead of the usual one; null: nothing is recalled or kept. */
  readonly cache?: string | null | undefined;
  /** Version of Node, which verdicts may depend on. Without it none is recalled or kept. */
  readonly runtime?: string | undefined;
  /** The day on which suppressions are judged, as `2027-03-31`. Default: today, where this runs. */
  readonly today?: string | undefined;
  /** Milliseconds since the run began. */
  readonly elapsed: () => number;
}

/**
 * What is to be judged, and by what: all that a report depends on, but nothing of it judged yet.
 *
 * @internal
 */
export interface Job {
  readonly request: CheckRequest;
  readonly inputs: Inputs;
  readonly policies: readonly PolicyWithRules[];
  readonly surroundings: Surroundings;
  /** Settings that cannot be used. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * A policy, and the rules that it selects.
 *
 * @internal
 */
export interface PolicyWithRules extends Policy {
  readonly ruleSet: RuleSet;
}

/**
 * Finds out what a request asks for.
 *
 * @throws {DiagnosticError} when that cannot be found out at all, as without a repository
 * @internal
 */
export async function prepare(request: CheckRequest): Promise<Job> {
  const { cwd, env, paths, rules, runtime, prepareFor, onProgress, overrides } = request;
  const place = { cwd, env };
  const limits = limitsOf(env);
  const named = paths.length > 0;
  const worktree = request.worktree ?? (await (named ? findWorktreeIfAny(place) : findWorktree(place)));
  const inputs = await inputsOf(request, place, worktree);
  const store = storeFor(request, worktree, limits);
  const surroundings = { place, worktree, store, runtime, limits, prepareFor, onProgress };
  const settingsPlace = { place, worktree, store, fromIndex: judgesIndex(request) };
  const found = await policiesFor(request, settingsPlace, inputs.files);
  const policies: PolicyWithRules[] = [];
  for (const policy of found.policies) {
    const settings = { ...policy.settings, ...overrides };
    // What the command line names is the same for all policies.
    const known = rules && policies[0]?.ruleSet;
    policies.push({ ...policy, settings, ruleSet: await findRuleSet(policy.selection, cwd, known) });
  }
  return { request, inputs, policies, surroundings, diagnostics: found.diagnostics };
}

/** Whether it is the index that is judged, of which then also settings and rules are taken. */
function judgesIndex({ paths, env }: Pick<CheckRequest, 'paths' | 'env'>): boolean {
  // Git names its index to the hooks that it runs; programs that these start name files, and mean the commit.
  return paths.length === 0 || env.GIT_INDEX_FILE !== undefined;
}

function inputsOf(
  { paths, onDisk, scope = 'staged', shard }: CheckRequest,
  place: GitPlace,
  worktree: Worktree | null,
): Promise<Inputs> {
  return worktree === null || paths.length > 0
    ? namedInputs(place, worktree, paths, { shard, onDisk })
    : indexInputs(place, worktree, scope, shard);
}

function storeFor({ cache, env }: CheckRequest, worktree: Worktree | null, { cacheSize }: Limits): Store {
  const directory = cache === undefined ? cacheDirectory(worktree?.commonDirectory ?? null, env) : cache;
  return directory === null ? NO_STORE : diskStore(directory, cacheSize * MIB);
}
