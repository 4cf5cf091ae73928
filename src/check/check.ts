import { cacheDirectory } from '../cache/directory.ts';
import { diskStore, NO_STORE, type Store } from '../cache/store.ts';
import type { Settings } from '../config/settings.ts';
import type { GitPlace } from '../git/exec.ts';
import { findWorktree, type Worktree } from '../git/worktree.ts';
import { buildReport, type Gathered } from '../report/build.ts';
import type { Report, Shard } from '../report/report.ts';
import type { FileVerdict } from '../report/verdict.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { type Limits, limitsOf, MIB } from '../source/limits.ts';
import { type Assessment, assess, type Standards } from './assess.ts';
import { indexInputs, type Scope } from './index-inputs.ts';
import type { Input, Inputs } from './inputs.ts';
import type { Onlooker } from './judging.ts';
import { namedInputs } from './named-inputs.ts';
import type { Grounds } from './pass-note.ts';
import { type Policy, policiesFor } from './policies.ts';
import { findWorktreeIfAny } from './repository.ts';
import { findRuleSet, type RuleSet } from './rule-set.ts';
import type { RuleChoice } from './selection.ts';
import { standardsOf } from './standards.ts';
import { unknownRuleMistakes } from './unknown-rule-mistakes.ts';
import { type Outcome, type Surroundings, verdictsOf } from './verdicts.ts';

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
  /**
   * Told of what everything was judged by, if that will come to the same on any day.
   *
   * @internal
   */
  readonly onRepeatable?: ((grounds: readonly Grounds[], store: Store) => void) | undefined;
  /** Milliseconds since the run began. */
  readonly elapsed: () => number;
}

/**
 * The whole job: inputs and rules to a report. One bad file never hides the verdicts of the others.
 *
 * @throws {DiagnosticError} when nothing at all can be judged, as without a repository
 */
export async function check(request: CheckRequest): Promise<Report> {
  const { inputs, policies, surroundings, diagnostics } = await prepare(request);
  const today = request.today ?? localDay(new Date());
  const parts: Part[] = [];
  for (const policy of policies) parts.push(await judgePart(policy, today, request.cwd, surroundings));
  if (parts.every((part) => part.repeatable))
    request.onRepeatable?.(
      parts.map(({ grounds }) => grounds),
      surroundings.store,
    );
  return buildReport({
    staged: inputs.staged,
    shard: request.shard,
    ...together(parts),
    diagnostics: [...inputs.diagnostics, ...diagnostics, ...parts.flatMap((part) => part.diagnostics)],
    elapsed: request.elapsed(),
  });
}

/**
 * What is to be judged, and by what.
 *
 * @internal
 */
export interface Job {
  readonly inputs: Inputs;
  readonly policies: readonly Policy[];
  readonly surroundings: Surroundings;
  /** Settings that cannot be used. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Finds out what a request asks for.
 *
 * @internal
 */
export async function prepare(request: CheckRequest): Promise<Job> {
  const { cwd, env, paths, runtime, prepareFor, onProgress, overrides } = request;
  const place = { cwd, env };
  const limits = limitsOf(env);
  const named = paths.length > 0;
  const worktree = request.worktree ?? (await (named ? findWorktreeIfAny(place) : findWorktree(place)));
  const inputs = await inputsOf(request, place, worktree);
  const store = storeFor(request, worktree, limits);
  const surroundings = { place, worktree, store, runtime, limits, prepareFor, onProgress };
  const settingsPlace = { place, worktree, store, fromIndex: judgesIndex(request) };
  const found = await policiesFor(request, settingsPlace, inputs.files);
  const policies = found.policies.map((policy) => ({
    ...policy,
    settings: { ...policy.settings, ...overrides },
  }));
  return { inputs, policies, surroundings, diagnostics: found.diagnostics };
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

/** What came of the files that the same settings count for. */
interface Part {
  readonly grounds: Grounds;
  readonly outcome: Outcome;
  readonly assessments: readonly Assessment[];
  readonly diagnostics: readonly Diagnostic[];
  readonly repeatable: boolean;
}

async function judgePart(
  policy: Policy,
  today: string,
  cwd: string,
  surroundings: Surroundings,
): Promise<Part> {
  const rules = await findRuleSet(policy.selection, cwd);
  const standards = standardsOf(policy, today);
  const outcome = await verdictsOf(policy.inputs, rules, surroundings);
  const earlier = await earlierVerdicts(outcome.verdicts, standards, rules, surroundings);
  const assessments = [...outcome.verdicts].map(([input, verdict]) =>
    assess({ path: input.path, verdict, before: earlier.get(input) ?? null }, standards(input)),
  );
  const unknown = await unknownRuleMistakes(outcome.unknownRules, policy.origin);
  return {
    grounds: { selection: policy.selection, rules },
    outcome,
    assessments,
    diagnostics: [...outcome.diagnostics, ...unknown],
    repeatable: outcome.repeatable && !hasExcuses(policy, outcome),
  };
}

/** Excuses may end with a day. */
function hasExcuses({ settings }: Policy, { verdicts }: Outcome): boolean {
  return (
    settings.suppressions !== undefined ||
    [...verdicts.values()].some(({ suppressions }) => suppressions.length > 0)
  );
}

/** Verdicts on what the change starts from, of those files about which they make a difference. */
async function earlierVerdicts(
  verdicts: ReadonlyMap<Input, FileVerdict>,
  standards: (input: Input) => Standards,
  rules: RuleSet,
  surroundings: Surroundings,
): Promise<Map<Input, FileVerdict[]>> {
  const versions = new Map<Input, Input[]>();
  for (const [input, verdict] of verdicts) {
    if (input.before === undefined || !dependsOnEarlier(verdict, standards(input))) continue;
    const contents = await input.before();
    versions.set(
      input,
      contents.map((content) => ({ path: input.path, content })),
    );
  }
  const all = [...versions.values()].flat();
  // What is wrong with a version that nobody commits is not to be told.
  const judged = all.length === 0 ? new Map() : (await verdictsOf(all, rules, surroundings)).verdicts;
  return new Map(
    [...versions].map(([input, before]) => [input, before.flatMap((version) => judged.get(version) ?? [])]),
  );
}

/** Whether it matters what was there before: for what may be old, and for excuses, which are told when they are new. */
function dependsOnEarlier(
  { findings, unknowns, suppressions }: FileVerdict,
  { onlyNew, failOnUnknown }: Standards,
): boolean {
  const failing = findings.length + (failOnUnknown ? unknowns.length : 0);
  return (onlyNew && failing > 0) || suppressions.length > 0;
}

function together(parts: readonly Part[]): Omit<Gathered, 'staged' | 'shard' | 'diagnostics' | 'elapsed'> {
  const assessments = parts.flatMap((part) => part.assessments);
  return {
    templates: assessments.flatMap(({ template }) => template ?? []),
    findings: assessments.flatMap(({ findings }) => findings),
    unknowns: assessments.flatMap(({ unknowns }) => unknowns),
    suppressed: assessments.flatMap(({ suppressed }) => suppressed),
    remarks: assessments.flatMap(({ remarks }) => remarks),
    old: assessments.reduce((count, { old }) => count + old, 0),
    rules: () => parts.flatMap(({ outcome }) => [...outcome.verdicts.values()].flatMap(({ rules }) => rules)),
    // Rules that several settings choose are the same ones in most repositories.
    ruleCount: Math.max(0, ...parts.map(({ outcome }) => outcome.ruleCount)),
  };
}

function storeFor({ cache, env }: CheckRequest, worktree: Worktree | null, { cacheSize }: Limits): Store {
  const directory = cache === undefined ? cacheDirectory(worktree?.commonDirectory ?? null, env) : cache;
  return directory === null ? NO_STORE : diskStore(directory, cacheSize * MIB);
}

function localDay(time: Date): string {
  const digits = (value: number) => String(value).padStart(2, '0');
  return `${time.getFullYear()}-${digits(time.getMonth() + 1)}-${digits(time.getDate())}`;
}
