import type { KeptVerdict } from '../cache/kept-verdict.ts';
import { verdictsKey } from '../cache/key.ts';
import type { Store } from '../cache/store.ts';
import { VerdictCache } from '../cache/verdicts.ts';
import type { GitPlace } from '../git/exec.ts';
import type { Worktree } from '../git/worktree.ts';
import { BUILD_ID } from '../package.ts';
import type { FileVerdict } from '../report/verdict.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import type { Limits } from '../source/limits.ts';
import type { Input } from './inputs.ts';
import type { Judging, Onlooker } from './judging.ts';
import type { RuleSet } from './rule-set.ts';
import type { UnknownRules } from './unknown-rules.ts';

/** Where inputs are read from and verdicts are kept. */
export interface Surroundings extends Onlooker {
  readonly place: GitPlace;
  readonly worktree: Worktree | null;
  readonly store: Store;
  /** Version of Node; without it nothing is recalled or kept. */
  readonly runtime: string | undefined;
  readonly limits: Limits;
}

export interface Outcome {
  /** Of every input whose content there is. */
  readonly verdicts: ReadonlyMap<Input, FileVerdict>;
  readonly ruleCount: number;
  readonly diagnostics: readonly Diagnostic[];
  /** Names that the settings speak of and no rule has. */
  readonly unknownRules: UnknownRules;
  /** Whether the same contents will come to the same by the same rules, whenever that is. */
  readonly repeatable: boolean;
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
    return {
      verdicts: known,
      ruleCount: any.ruleCount,
      diagnostics: [],
      unknownRules: new Map(),
      repeatable: true,
    };
  const others = inputs.filter((input) => !known.has(input));
  const judging = await judgeInputs(others, rules, surroundings);
  await cache.keep(keepable(judging, ids));
  const { verdicts, ...rest } = outcomeOf(judging);
  return { verdicts: new Map([...known, ...verdicts]), ...rest };
}

/** Null: nothing is to be recalled or kept, since it is not known what exactly judges. */
async function verdictCache(
  { packs, files, mentioned, intrinsics, diagnostics }: RuleSet,
  { store, runtime }: Surroundings,
): Promise<VerdictCache | null> {
  if (BUILD_ID === null || runtime === undefined || diagnostics.length > 0) return null;
  const identified = [...(await contentIds(files))].map(([{ path }, id]) => ({ path, id }));
  const judge = { build: BUILD_ID, runtime, packs, files: identified, mentioned, intrinsics };
  return new VerdictCache(store, await verdictsKey(judge));
}

/** Git's ids for what git has, and for what it has not those that it would give. */
async function contentIds<File extends Pick<Input, 'content'>>(
  inputs: readonly File[],
): Promise<Map<File, string>> {
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
  surroundings: Surroundings,
): Promise<JudgedInputs> {
  const { place, worktree, store, limits } = surroundings;
  const [{ readContents }, { readRuleTexts }, { judgeContents }] = await Promise.all([
    import('./contents.ts'),
    import('./rule-texts.ts'),
    import('./judging.ts'),
  ]);
  const reading = readContents(place, worktree, inputs);
  const judging = await judgeContents(
    { ...rules, texts: readRuleTexts(place, worktree, rules, limits) },
    reading.then(({ files }) => files),
    store,
    limits,
    surroundings,
  );
  return { ...judging, lost: (await reading).diagnostics };
}

function outcomeOf(judging: JudgedInputs): Outcome {
  const { judged, ruleCount, diagnostics, unknownRules, lost } = judging;
  return {
    repeatable: isByAllRules(judging) && judged.every((file) => file.repeatable),
    verdicts: new Map(judged.map(({ input, verdict }) => [input, verdict])),
    ruleCount,
    unknownRules,
    diagnostics: [...lost, ...diagnostics, ...judged.flatMap((file) => file.diagnostics)],
  };
}

/** Whether all rules could be used, and the settings speak of no others, which the next run has to say again. */
function isByAllRules({ diagnostics, unknownRules }: Judging): boolean {
  return diagnostics.length + unknownRules.size === 0;
}

function keepable(judging: JudgedInputs, ids: ReadonlyMap<Input, string>): Map<string, KeptVerdict> {
  if (!isByAllRules(judging)) return new Map();
  const { judged, ruleCount } = judging;
  const repeatable = judged.filter((file) => file.repeatable);
  return new Map(repeatable.map(({ input, verdict }) => [ids.get(input)!, { ...verdict, ruleCount }]));
}
