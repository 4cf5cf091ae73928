import { verdictsKey } from '../cache/key.ts';
import type { Store } from '../cache/store.ts';
import { type KeptVerdict, VerdictCache } from '../cache/verdicts.ts';
import type { GitPlace } from '../git/exec.ts';
import type { Worktree } from '../git/worktree.ts';
import { BUILD_ID } from '../package.ts';
import type { FileVerdict } from '../report/verdict.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import type { Input } from './inputs.ts';
import type { Judging, OnProgress } from './judging.ts';
import type { RuleSet } from './rule-set.ts';

/** Where inputs are read from and verdicts are kept. */
export interface Surroundings {
  readonly place: GitPlace;
  readonly worktree: Worktree | null;
  readonly store: Store;
  /** Version of Node; without it nothing is recalled or kept. */
  readonly runtime: string | undefined;
  /** Seconds that judging may take, apart from one more for each file. */
  readonly timeLimit: number;
  readonly onProgress: OnProgress | undefined;
}

export interface Outcome {
  /** Of every input whose content there is. */
  readonly verdicts: ReadonlyMap<Input, FileVerdict>;
  readonly ruleCount: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** Verdicts of all inputs: those that are known are recalled, and the others are judged. */
export async function verdictsOf(
  inputs: readonly Input[],
  rules: RuleSet,
  surroundings: Surroundings,
): Promise<Outcome> {
  const cache = await verdictCache(rules, surroundings);
  if (cache === null) return outcomeOf(await judgeInputs(inputs, rules, surroundings));
  const ids = await contentIds(inputs);
  const known = new Map<Input, KeptVerdict>();
  for (const [input, id] of ids) {
    const verdict = cache.recall(id);
    if (verdict !== undefined) known.set(input, verdict);
  }
  const [any] = known.values();
  // Without any input the rules still have to be counted and found usable.
  if (any !== undefined && known.size === inputs.length)
    return { verdicts: known, ruleCount: any.ruleCount, diagnostics: [] };
  const others = inputs.filter((input) => !known.has(input));
  const judging = await judgeInputs(others, rules, surroundings);
  cache.keep(keepable(judging, ids));
  const { verdicts, ...rest } = outcomeOf(judging);
  return { verdicts: new Map([...known, ...verdicts]), ...rest };
}

/** Null: nothing is to be recalled or kept, since it is not known what exactly judges. */
async function verdictCache(
  { packs, sources, diagnostics }: RuleSet,
  { store, runtime }: Surroundings,
): Promise<VerdictCache | null> {
  if (BUILD_ID === null || runtime === undefined || diagnostics.length > 0) return null;
  return new VerdictCache(store, await verdictsKey({ build: BUILD_ID, runtime, packs, sources }));
}

/** Git's ids for what git has, and for what it has not those that it would give. */
async function contentIds(inputs: readonly Input[]): Promise<Map<Input, string>> {
  const hashing = inputs.some(({ content }) => Buffer.isBuffer(content));
  const contentId = hashing ? (await import('../cache/digest.ts')).contentId : undefined;
  return new Map(
    inputs.map((input) => {
      const { content } = input;
      return [input, Buffer.isBuffer(content) ? contentId!(content) : content.blob];
    }),
  );
}

interface JudgedInputs extends Judging {
  readonly lost: readonly Diagnostic[];
}

async function judgeInputs(
  inputs: readonly Input[],
  rules: RuleSet,
  { place, worktree, store, timeLimit, onProgress }: Surroundings,
): Promise<JudgedInputs> {
  const [{ readContents }, { judgeContents }] = await Promise.all([
    import('./contents.ts'),
    import('./judging.ts'),
  ]);
  const reading = readContents(place, worktree, inputs);
  const judging = await judgeContents(
    rules,
    reading.then(({ files }) => files),
    store,
    timeLimit,
    onProgress,
  );
  return { ...judging, lost: (await reading).diagnostics };
}

function outcomeOf({ judged, ruleCount, diagnostics, lost }: JudgedInputs): Outcome {
  return {
    verdicts: new Map(judged.map(({ input, verdict }) => [input, verdict])),
    ruleCount,
    diagnostics: [...lost, ...diagnostics, ...judged.flatMap((file) => file.diagnostics)],
  };
}

/** Nothing that rules had a part in that could not be used. */
function keepable(
  { judged, ruleCount, diagnostics }: JudgedInputs,
  ids: ReadonlyMap<Input, string>,
): Map<string, KeptVerdict> {
  if (diagnostics.length > 0) return new Map();
  const repeatable = judged.filter((file) => file.repeatable);
  return new Map(repeatable.map(({ input, verdict }) => [ids.get(input)!, { ...verdict, ruleCount }]));
}
