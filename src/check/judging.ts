import type { Store } from '../cache/store.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { type Limits, raising } from '../source/limits.ts';
import type { InputFile } from './contents.ts';
import { DeadlineError, withDeadline } from './deadline.ts';
import type { Input } from './inputs.ts';
import { type Judged, judge, NO_TEMPLATE, type Rules } from './judge.ts';
import type { RuleTexts } from './rule-set.ts';
import { compileRuleTexts } from './rules.ts';
import { type UnknownRules, unknownRulesAmong } from './unknown-rules.ts';

/** Who wants to know how a job goes. */
export interface Onlooker {
  /** Told of how many bytes are going to be parsed and judged, in parts. */
  readonly prepareFor?: ((bytes: number) => void) | undefined;
  /** Told how many of the files are judged. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * What came of files.
 *
 * @internal
 */
export interface Judging {
  /** In the order of the files. */
  readonly judged: readonly Judged[];
  /** Named rules in all rule files. */
  readonly ruleCount: number;
  /** Rule files that cannot be used. */
  readonly diagnostics: readonly Diagnostic[];
  /** Names that the settings speak of and no rule has. None while there are diagnostics: then not all rules are known. */
  readonly unknownRules: UnknownRules;
}

/*
 * The way to the parsers and the engine, which a run that knows all its verdicts never loads: the package has them in a
 * bundle of their own.
 */

/**
 * What is judged by.
 *
 * @internal
 */
export interface JudgingRules {
  readonly texts: Promise<RuleTexts>;
  /** Names of rules that there should be. */
  readonly mentioned: readonly string[];
  /** Whether templates are judged as what CloudFormation makes of their intrinsic functions. */
  readonly intrinsics: boolean;
}

/**
 * Compiles rules and judges files by them.
 *
 * @param contents being read while the rules are compiled
 * @param store for parsed rules
 *
 * @internal
 */
export async function judgeContents(
  { texts, mentioned, intrinsics }: JudgingRules,
  contents: Promise<readonly InputFile[]>,
  store: Store,
  limits: Limits,
  { prepareFor, onProgress }: Onlooker,
): Promise<Judging> {
  const [{ programs, ruleCount, diagnostics }, files] = await Promise.all([
    texts.then((rules) => {
      for (const { text } of rules.sources) prepareFor?.(text.length);
      return compileRuleTexts(rules, store, limits);
    }),
    contents,
  ]);
  for (const { bytes } of files) prepareFor?.(bytes.length);
  const unknownRules = unknownRulesAmong(diagnostics.length === 0 ? mentioned : [], programs);
  const judged = judgeInTime(files, { programs, intrinsics, limits }, onProgress);
  return { judged, ruleCount, diagnostics, unknownRules };
}

/** Files that take too long are given up; the others have verdicts. */
function judgeInTime(
  files: readonly InputFile[],
  rules: Rules,
  onProgress: Onlooker['onProgress'],
): Judged[] {
  const judged: Judged[] = [];
  const add = (one: Judged) => {
    judged.push(one);
    onProgress?.(judged.length, files.length);
  };
  while (judged.length < files.length) {
    const rest = files.slice(judged.length);
    try {
      withDeadline(rules.limits.seconds + rest.length, () => judge(rest, rules, add));
    } catch (error) {
      if (!(error instanceof DeadlineError)) throw error;
      add(givenUp(files[judged.length]!.input, error));
    }
  }
  return judged;
}

function givenUp(input: Input, { message }: DeadlineError): Judged {
  return {
    input,
    verdict: { ...NO_TEMPLATE, status: 'ERROR' },
    diagnostics: [
      {
        code: 'template-too-large',
        file: input.path,
        message: `judging it took ${message}, so it was given up`,
        help: `simplify the rules or the file; ${raising('seconds')}`,
      },
    ],
    repeatable: false,
  };
}
