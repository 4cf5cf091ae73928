import type { Program } from '../engine/compile.ts';
import {
  type EvaluationOptions,
  evaluate,
  precedent,
  type RuleVerdict,
  traceFailures,
  traceReasons,
  type Verdicts,
} from '../engine/evaluate.ts';
import { EvaluationError } from '../engine/evaluation-error.ts';
import { likenessOf } from '../engine/likeness.ts';
import type { EventRecord } from '../engine/record.ts';
import type { Status } from '../engine/status.ts';
import { Subject } from '../engine/subject.ts';
import { Circumstances } from '../intrinsics/circumstances.ts';
import { explore, type Shortfall } from '../intrinsics/exploration.ts';
import type { Origin } from '../intrinsics/outcome.ts';
import { hasIntrinsics, PossibleTemplate } from '../intrinsics/possible-template.ts';
import { waysTo } from '../intrinsics/way.ts';
import type { RulesFile } from '../language/ast.ts';
import { visitNodes } from '../language/nodes.ts';
import type { Template } from '../template/template.ts';
import { pathOf } from '../value/path.ts';
import { isSecret, MASK } from '../value/shown-form.ts';
import type { Value } from '../value/value.ts';
import { type Attempt, Attempts, type Found, type PossibleFinding, worst } from './attempts.ts';
import { certaintyOf } from './certainty.ts';
import { valueText } from './describe.ts';
import { type Finding, findings } from './findings.ts';
import { Identities } from './identity.ts';
import { placeOf } from './place.ts';

/** What the rules of one file say about everything that a template may become. */
export interface PossibleEvaluation {
  /** `FAIL` when a rule fails in one case at least; `UNKNOWN` when none does, but what some say depends on unknown values. */
  readonly status: Status | 'UNKNOWN';
  readonly rules: readonly { readonly name: string; readonly status: Status | 'UNKNOWN' }[];
  readonly findings: readonly PossibleFinding[];
  /** What could not be decided; the message says why. */
  readonly unknowns: readonly PossibleFinding[];
  /** The limit that was reached, as a sentence; null when everything was tried. */
  readonly limit: string | null;
}

/**
 * Judges what a template may become: its parameters, conditions and intrinsic functions are tried out as far as rules read
 * what depends on them. Null for a template that simply is what it says.
 *
 * @param template a CloudFormation template
 */
export function possibilitiesOf(template: Template): Possibilities | null {
  return hasIntrinsics(template.root) ? new Possibilities(template) : null;
}

export class Possibilities {
  readonly #template: Template;
  readonly #tree: PossibleTemplate;
  /** With all resources, whether they are there or not. */
  readonly all: Subject;
  readonly #present: Subject;
  readonly #identities = new Identities();

  constructor(template: Template) {
    this.#template = template;
    this.#tree = new PossibleTemplate(template.root);
    this.all = new Subject(this.#tree.complete);
    this.#present = new PresentSubject(this.#tree, this.all);
  }

  /** @throws {EvaluationError} when a rule cannot be judged on something that the template may become */
  judge(program: Program, options: EvaluationOptions = {}): PossibleEvaluation {
    const known = precedent(program, this.all);
    if (known !== undefined && known.status !== 'FAIL') return everywhere(known);
    const names = namedFunctions(program);
    const settled = FAILING.has(program) ? this.#settled(program, names, options) : undefined;
    if (settled !== undefined) return settled;
    const evaluation = this.#judge(program, names, names.has('Ref') ? REFERENCES : NO_FUNCTIONS, options);
    if (!names.has('Fn::Sub') && !names.has('Fn::Join')) return evaluation;
    return moreTelling(evaluation, this.#judge(program, names, names, options));
  }

  /**
   * Runs rules with recording at once, and keeps what comes of it if nothing that they looked at depends on anything: most rules
   * that failed on the template before fail on this one too. Undefined otherwise.
   */
  #settled(
    program: Program,
    names: ReadonlySet<string>,
    options: EvaluationOptions,
  ): PossibleEvaluation | undefined {
    const circumstances = new Circumstances(() => 0, true);
    this.#tree.begin(circumstances, { keptShapes: NO_FUNCTIONS, likeness: () => null });
    const run = new Run(program, this.#template, this.#tree, this.#present, names, options);
    const attempt = run.trace(circumstances, this.#identities);
    const evaluation = attempt && evaluationOf(program, attempt);
    if (evaluation?.status !== 'FAIL') FAILING.delete(program);
    return evaluation;
  }

  #judge(
    program: Program,
    names: ReadonlySet<string>,
    keptShapes: ReadonlySet<string>,
    options: EvaluationOptions,
  ): PossibleEvaluation {
    const tree = this.#tree;
    tree.formulas.forget();
    const run = new Run(program, this.#template, tree, this.#present, names, options);
    const reading = { keptShapes, likeness: () => likenessOf(program.file) };
    const attempt = (circumstances: Circumstances): Attempt => {
      tree.begin(circumstances, reading);
      return run.attempt(circumstances, this.#identities);
    };
    const { trials, shortfall } = explore(attempt);
    const [only] = trials.possible;
    if (only !== undefined && trials.all.length === 1) {
      const evaluation = evaluationOf(program, only.result);
      if (evaluation.status === 'FAIL' && only.circumstances.questions.size === 0) FAILING.add(program);
      return evaluation;
    }
    const ruleNames = program.rules.map(({ rule }) => rule.name);
    const attempts = new Attempts(ruleNames, trials, shortfall === null, tree.formulas);
    const { statuses, findings, unknowns } = attempts.conclude();
    const rules = ruleNames.map((name, at) => ({ name, status: statuses[at] ?? 'SKIP' }));
    return {
      status: worst(rules.map(({ status }) => status)),
      rules,
      findings,
      unknowns,
      limit: shortfall === null ? null : limitWords(shortfall, trials.all.length),
    };
  }
}

/** Rule files that failed on what they judged last, without anything that it depends on. */
const FAILING = new WeakSet<Program>();

/** What rules say about something that is the same in every case. */
function evaluationOf({ rules }: Program, { statuses, findings, unknowns }: Attempt): PossibleEvaluation {
  const said = rules.map(({ rule }, at) => {
    const status = statuses[at] ?? 'SKIP';
    // What fails without a finding does so with what is not known.
    return {
      name: rule.name,
      status: status === 'FAIL' && findings.length === 0 ? 'UNKNOWN' : status,
    } as const;
  });
  return {
    status: worst(said.map(({ status }) => status)),
    rules: said,
    findings: distinct(findings),
    unknowns: distinct(unknowns),
    limit: null,
  };
}

function distinct(found: readonly Found[]): readonly PossibleFinding[] {
  // In places of their own they are different ones, which takes no words.
  const isClear = new Set(found.map(({ finding }) => finding.path)).size === found.length;
  if (isClear) return found.map(({ finding }) => finding);
  const seen = new Set<string>();
  return found.flatMap(({ defect, finding }) => {
    const known = defect();
    if (seen.has(known)) return [];
    seen.add(known);
    return [finding];
  });
}

const NO_FUNCTIONS: ReadonlySet<string> = new Set();
const REFERENCES: ReadonlySet<string> = new Set(['Ref']);

/** The resources of a template that are there, found by the index of all of them. */
class PresentSubject extends Subject {
  readonly #tree: PossibleTemplate;
  readonly #all: Subject;

  constructor(tree: PossibleTemplate, all: Subject) {
    super(tree.root);
    this.#tree = tree;
    this.#all = all;
  }

  /** Not even of those that are not there, which takes no look at what decides that. */
  override hasNoneOf(types: readonly string[]): boolean {
    return this.#all.hasNoneOf(types);
  }

  override resourcesOfTypes(types: readonly string[]): readonly Value[] | undefined {
    return this.#all.resourcesOfTypes(types)?.filter((resource) => this.#tree.isPresent(resource));
  }
}

/** One rule file on the things that a template may become, one at a time. */
class Run {
  readonly #program: Program;
  readonly #template: Template;
  readonly #tree: PossibleTemplate;
  readonly #subject: Subject;
  readonly #names: ReadonlySet<string>;
  readonly #options: EvaluationOptions;
  #circumstances = new Circumstances();

  constructor(
    program: Program,
    template: Template,
    tree: PossibleTemplate,
    subject: Subject,
    names: ReadonlySet<string>,
    options: EvaluationOptions,
  ) {
    this.#program = program;
    this.#template = template;
    this.#tree = tree;
    this.#subject = subject;
    this.#names = names;
    this.#options = options;
  }

  /** What comes of recording at once; undefined when that depends on anything, or an error has to be raised. */
  trace(circumstances: Circumstances, identities: Identities): Attempt | undefined {
    this.#circumstances = circumstances;
    try {
      const { children } = traceFailures(this.#program, this.#subject, this.#options);
      if (circumstances.questions.size > 0 || this.#tree.touchedUnknown) return undefined;
      return {
        statuses: children.map(({ status }) => status),
        findings: this.#foundIn(children, identities),
        unknowns: [],
      };
    } catch (error) {
      if (error instanceof EvaluationError) return undefined;
      throw error;
    }
  }

  #foundIn(records: readonly EventRecord[], identities: Identities): readonly Found[] {
    return findings(records, this.#judged()).map((finding) => this.#found(finding, identities));
  }

  /** Verdicts first; what fails, or has looked at something unknown, is run again with recording. */
  attempt(circumstances: Circumstances, identities: Identities): Attempt {
    this.#circumstances = circumstances;
    const { status, rules } = evaluate(this.#program, this.#subject, this.#options);
    const tree = this.#tree;
    if (status !== 'FAIL' && !tree.touchedUnknown)
      return { statuses: rules.map((verdict) => verdict.status), findings: [], unknowns: [] };
    tree.assumeResources();
    const certainties = this.#records(rules).map((child) =>
      tree.touchedUnknown
        ? certaintyOf(child, (value) => tree.background(value), this.#names)
        : { status: child.status, record: child, unknowns: [] },
    );
    // Sentences about values look into all of these.
    circumstances.conclude();
    return {
      statuses: certainties.map((certainty) => certainty.status),
      findings: this.#foundIn(
        certainties.map((certainty) => certainty.record),
        identities,
      ),
      unknowns: certainties.flatMap(({ status: certainty, unknowns }, at) => {
        // What is not decided is told of, also when that is which resources there will be.
        const values = certainty === 'UNKNOWN' && unknowns.length === 0 ? [this.#resources()] : unknowns;
        return values.map((value) => this.#unknown(value, rules[at]!.rule.name, identities));
      }),
    };
  }

  /** The records of all rules. Where something is not known, these need to tell all that verdicts rest on. */
  #records(verdicts: readonly RuleVerdict[]): readonly EventRecord[] {
    const tree = this.#tree;
    if (tree.touchedUnknown) return this.#traced(verdicts, traceReasons);
    const failures = this.#traced(verdicts, traceFailures);
    return tree.touchedUnknown ? this.#traced(verdicts, traceReasons) : failures;
  }

  /**
   * Each rule is run by itself, so that its own record has all that its verdict rests on. Rules that see keys that earlier ones
   * captured cannot be: they raise an error, or come out in another way. Of a rule that did not fail, and looked at nothing
   * unknown, the verdict will do.
   */
  #traced(verdicts: readonly RuleVerdict[], trace: typeof traceFailures): readonly EventRecord[] {
    const traced = (program: Program) => trace(program, this.#subject, this.#options);
    const isOpen = this.#tree.touchedUnknown;
    try {
      const records = verdicts.flatMap(({ rule, status }, at): readonly EventRecord[] => {
        const isSettled = status !== 'FAIL' && !isOpen;
        if (isSettled) return [{ event: { kind: 'rule', rule, call: null }, status, children: [] }];
        return traced({ ...this.#program, rules: [this.#program.rules[at]!] }).children;
      });
      if (records.every(({ status }, at) => status === verdicts[at]?.status)) return records;
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
    }
    return traced(this.#program).children;
  }

  #resources(): Value {
    const { root } = this.#tree;
    return (root.kind === 'map' ? root.value.get('Resources') : undefined) ?? root;
  }

  /** What rules see, with the words of the file for it. */
  #judged(): Template {
    const { source, written, spelled } = this.#template;
    const { root } = this.#tree;
    const judged = {
      source,
      root,
      isSecret: (value: Value) =>
        this.#tree.background(value)?.origins.some(({ at }) => isSecret(at)) ?? false,
    };
    if (written === undefined || spelled === undefined) return judged;
    return { ...judged, spelled, written: (value) => this.#written(value) };
  }

  /** What stands in the file for a value. */
  #written(value: Value): Value {
    const judged = this.#tree.background(value)?.written ?? value;
    return this.#template.written?.(judged) ?? judged;
  }

  #found({ rule, message, wording, value, lacking }: Finding, identities: Identities): Found {
    const { source, written: translated, spelled } = this.#template;
    const written = this.#written(value);
    const from = this.#originWords(value);
    const finding = {
      rule,
      message,
      path: pathOf(written),
      // A container that a function gives has a name, and the function has none.
      ...placeOf(translated === undefined ? value : written),
      ...source.position(written.start),
      identity: identities.of(
        this.#program.source.name,
        rule,
        written,
        lacking && (spelled?.(lacking) ?? lacking),
      ),
      ...(from === undefined ? {} : { from }),
    };
    const circumstances = this.#circumstances;
    const judged = this.#tree.background(value)?.written ?? value;
    return {
      finding,
      defect: () =>
        JSON.stringify([
          rule,
          finding.path,
          lacking,
          wording ?? withoutValue(message, () => valueText(value, this.#judged())),
        ]),
      ways: () => waysTo(judged, lacking?.split('.')[0], this.#tree.formulas, circumstances),
    };
  }

  #unknown(value: Value, rule: string, identities: Identities): Found {
    const about = this.#tree.background(value);
    const gap = about?.text?.parts.find((part) => typeof part !== 'string');
    const why = about?.unknown ?? about?.more ?? gap?.why;
    const name = this.#template.spelled?.(nameOf(value)) ?? nameOf(value);
    const message =
      why === undefined
        ? 'this depends on values that are not known before deployment'
        : `${name} is not known: ${why}`;
    const found = this.#found({ rule, message, wording: null, value }, identities);
    return { ...found, defect: () => JSON.stringify([rule, found.finding.path]) };
  }

  #originWords(value: Value): string | undefined {
    for (let at: Value | null = value; at !== null; at = at.parent) {
      const origins = this.#tree.background(at)?.origins ?? [];
      if (origins.length === 0) continue;
      const words = origins.map((origin) => {
        const { line } = this.#template.source.position(origin.at.start);
        return `${origin.words}${textOf(origin, value)} (line ${line})`;
      });
      return `${nameOf(at)} comes from ${words.join(' and ')}`;
    }
    return undefined;
  }
}

/** What a value was taken for, unless it is a secret there or where it went. */
function textOf({ text, at }: Origin, value: Value): string {
  if (text === undefined) return '';
  return ` '${isSecret(at) || isSecret(value) ? MASK : text}'`;
}

/** A message without the value in it, which is in quotes or in one of our own sentences. */
function withoutValue(message: string, value: () => string): string {
  if (!message.includes('"') && !message.includes(' but ')) return message;
  const text = value();
  return message.replaceAll(`"${text}"`, '').replace(` is ${text} but `, ' is but ');
}

/** The last key of a path that is a name. */
function nameOf(value: Value): string {
  for (let at: Value | null = value; at !== null; at = at.parent)
    if (typeof at.key === 'string') return at.key;
  return 'the template';
}

// --- Of all attempts ---------------------------------------------------------------------------------------------------

const TOGETHER = {
  1: 'each answer',
  2: 'all combinations of any two',
  3: 'all combinations of any three',
} as const;

function limitWords({ choices, combinations, together }: Shortfall, tried: number): string {
  const count = combinations === 2n ** BigInt(choices) ? `2^${choices}` : String(combinations);
  return `${choices} choices touch these rules, which makes ${count} combinations: ${tried} were tried, with ${TOGETHER[together]}`;
}

/**
 * Texts that are put together are known in part, but rules that look into the calls may know what to make of them. What these
 * find in a call fails; what they miss in a text need not.
 */
function moreTelling(asTexts: PossibleEvaluation, asCalls: PossibleEvaluation): PossibleEvaluation {
  const isSpared = asTexts.status === 'FAIL' && asCalls.status !== 'UNKNOWN';
  return asCalls.status === 'FAIL' || asTexts.status === 'UNKNOWN' || isSpared ? asCalls : asTexts;
}

/** Precedents are the same ones for many templates. */
const evaluations = new WeakMap<Verdicts, PossibleEvaluation>();

/** What does not depend on anything that is left open. */
function everywhere(verdicts: Verdicts): PossibleEvaluation {
  const known = evaluations.get(verdicts);
  if (known !== undefined) return known;
  const rules = verdicts.rules.map(({ rule, status }) => ({ name: rule.name, status }));
  const evaluation = { status: verdicts.status, rules, findings: [], unknowns: [], limit: null };
  evaluations.set(verdicts, evaluation);
  return evaluation;
}

/** Texts of rules name keys as they are. */
const NAMES_FUNCTIONS = /\bRef\b|Fn::/;

/** A rule file is looked through once, not for each template. */
const functionsOf = new WeakMap<RulesFile, ReadonlySet<string>>();

/** The functions that a rule file looks for by name. */
function namedFunctions({ file, source }: Program): ReadonlySet<string> {
  const known = functionsOf.get(file);
  if (known !== undefined) return known;
  const names = new Set<string>();
  functionsOf.set(file, names);
  if (!NAMES_FUNCTIONS.test(source.text)) return names;
  visitNodes(file, (node) => {
    const { kind, name } = node as { readonly kind?: unknown; readonly name?: unknown };
    if (kind === 'key' && typeof name === 'string' && (name === 'Ref' || name.startsWith('Fn::')))
      names.add(name);
  });
  return names;
}
