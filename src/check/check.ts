import { buildReport, type Gathered } from '../report/build.ts';
import type { Report } from '../report/report.ts';
import type { FileVerdict, NamelessFinding } from '../report/verdict.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { type Assessment, assess, type Standards } from './assess.ts';
import type { Input } from './inputs.ts';
import { type CheckRequest, type Job, type PolicyWithRules, prepare } from './job.ts';
import type { Policy } from './policies.ts';
import type { RuleSet } from './rule-set.ts';
import { standardsOf } from './standards.ts';
import { unknownRuleMistakes } from './unknown-rule-mistakes.ts';
import { type Outcome, type Surroundings, verdictsOf } from './verdicts.ts';

/**
 * The whole job: inputs and rules to a report. One bad file never hides the verdicts of the others.
 *
 * @throws {DiagnosticError} when nothing at all can be judged, as without a repository
 */
export async function check(request: CheckRequest): Promise<Report> {
  return (await carryOut(await prepare(request))).report;
}

/**
 * What a job came to.
 *
 * @internal
 */
export interface Conclusion {
  readonly report: Report;
  /** Whether everything could be judged, and the same job will come to the same on any day, whatever it is a change to. */
  readonly repeatable: boolean;
}

/**
 * Judges what is to be judged.
 *
 * @internal
 */
export async function carryOut(job: Job): Promise<Conclusion> {
  const { request, inputs, policies, surroundings, diagnostics } = job;
  const today = request.today ?? localDay(new Date());
  const parts: Part[] = [];
  for (const policy of policies) parts.push(await judgePart(policy, today, surroundings));
  const report = buildReport({
    staged: inputs.staged,
    shard: request.shard,
    ...together(parts),
    diagnostics: [...inputs.diagnostics, ...diagnostics, ...parts.flatMap((part) => part.diagnostics)],
    elapsed: request.elapsed(),
  });
  const repeatable = report.diagnostics.length === 0 && parts.every((part) => part.repeatable);
  return { report, repeatable };
}

/** What came of the files that the same settings count for. */
interface Part {
  readonly outcome: Outcome;
  readonly assessments: readonly Assessment[];
  readonly diagnostics: readonly Diagnostic[];
  readonly repeatable: boolean;
}

async function judgePart(policy: PolicyWithRules, today: string, surroundings: Surroundings): Promise<Part> {
  const { inputs, ruleSet, origin } = policy;
  const standards = standardsOf(policy, today);
  const outcome = await verdictsOf(inputs, ruleSet, surroundings);
  const earlier = await earlierVerdicts(outcome.verdicts, standards, ruleSet, surroundings);
  const assessments = [...outcome.verdicts].map(([input, verdict]) =>
    assess({ path: input.path, verdict, before: earlier.get(input) ?? null }, standards(input)),
  );
  const unknown = await unknownRuleMistakes(outcome.unknownRules, origin);
  return {
    outcome,
    assessments,
    diagnostics: [...outcome.diagnostics, ...unknown],
    repeatable: outcome.repeatable && isTimeless(policy, outcome, standards),
  };
}

/** Excuses may end with a day, and what is old depends on what the change starts from. */
function isTimeless(
  { settings }: Policy,
  { verdicts }: Outcome,
  standards: (input: Input) => Standards,
): boolean {
  return (
    (settings.suppressions ?? []).length === 0 &&
    ![...verdicts].some(([input, verdict]) => dependsOnEarlier(verdict, standards(input)))
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
  { onlyNew, failOnUnknown, levelOf }: Standards,
): boolean {
  const counts = ({ rule }: NamelessFinding) => levelOf(rule) !== 'off';
  const fails = () => findings.some(counts) || (failOnUnknown && unknowns.some(counts));
  return (onlyNew && fails()) || suppressions.length > 0;
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

function localDay(time: Date): string {
  const digits = (value: number) => String(value).padStart(2, '0');
  return `${time.getFullYear()}-${digits(time.getMonth() + 1)}-${digits(time.getDate())}`;
}
