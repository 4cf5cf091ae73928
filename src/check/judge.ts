import type { Program } from '../engine/compile.ts';
import { Docket } from '../engine/docket.ts';
import { evaluate } from '../engine/evaluate.ts';
import { EvaluationError } from '../engine/evaluation-error.ts';
import { Subject } from '../engine/subject.ts';
import { ruleComment } from '../language/rule-comment.ts';
import type { PossibleFinding } from '../report/attempts.ts';
import { explainFailure } from '../report/evaluation.ts';
import { Possibilities, type PossibleEvaluation, possibilitiesOf } from '../report/possible-findings.ts';
import type { ReportRule, TemplateReport } from '../report/report.ts';
import { tooDeep } from '../report/too-deep.ts';
import type { FileVerdict, NamelessFinding } from '../report/verdict.ts';
import { type Diagnostic, DiagnosticError } from '../source/diagnostic.ts';
import { invariant } from '../source/invariant.ts';
import type { Limits } from '../source/limits.ts';
import type { Source } from '../source/source.ts';
import { isStackOverflow } from '../source/stack-overflow.ts';
import { type Suppressions, suppressionsIn } from '../suppressions/suppressions.ts';
import { mayHoldTemplate } from '../template/candidate.ts';
import type { Template } from '../template/template.ts';
import type { InputFile } from './contents.ts';
import { type Documents, documentsIn } from './documents.ts';
import type { Input } from './inputs.ts';
import { wasMeantAsTemplate } from './recognise.ts';

/** What became of one file. */
export interface Judged {
  readonly input: Input;
  readonly verdict: FileVerdict;
  readonly diagnostics: readonly Diagnostic[];
  /** Whether the same content will come to the same by the same rules, whatever it is called and whenever that is. */
  readonly repeatable: boolean;
}

/** By what is judged. */
export interface Rules {
  readonly programs: readonly Program[];
  /** Whether templates are judged as what CloudFormation makes of their intrinsic functions, or as they are written. */
  readonly intrinsics: boolean;
  /** Of the files. */
  readonly limits: Limits;
}

/**
 * Judges every file that is a template by every program. A file that is none is none of our business.
 *
 * @param onJudged told of each file as soon as it is judged
 */
export function judge(
  files: readonly InputFile[],
  rules: Rules,
  onJudged?: (judged: Judged) => void,
): Judged[] {
  const { programs } = rules;
  const docket = new Docket(programs);
  const comments = new RuleComments();
  const ruleNames = new Set(programs.flatMap(({ rules }) => rules.map(({ rule }) => rule.name)));
  return files.map((file) => {
    const judged = judgeUnlessTooDeep(file, rules, docket, ruleNames, comments);
    onJudged?.(judged);
    return judged;
  });
}

/** How deep calls may go depends on the system; that they went too deep says nothing about the other files. */
function judgeUnlessTooDeep(
  file: InputFile,
  rules: Rules,
  docket: Docket,
  ruleNames: ReadonlySet<string>,
  comments: RuleComments,
): Judged {
  try {
    return judgeFile(file, rules, docket, ruleNames, comments);
  } catch (error) {
    if (!isStackOverflow(error)) throw error;
    return unusable(file.input, tooDeep(file.input.path));
  }
}

function unusable(input: Input, diagnostic: Diagnostic): Judged {
  const verdict = { ...NO_TEMPLATE, status: 'ERROR' } as const;
  return { input, verdict, diagnostics: [diagnostic], repeatable: false };
}

export const NO_TEMPLATE: FileVerdict = {
  status: null,
  findings: [],
  unknowns: [],
  suppressions: [],
  remarks: [],
  rules: [],
};

/** A file may hold several documents. */
function judgeFile(
  { input, bytes }: InputFile,
  { intrinsics, limits }: Rules,
  docket: Docket,
  ruleNames: ReadonlySet<string>,
  comments: RuleComments,
): Judged {
  const { path } = input;
  const noTemplate = { input, verdict: NO_TEMPLATE, diagnostics: [], repeatable: true };
  if (!mayHoldTemplate(bytes)) return noTemplate;
  let documents: Documents;
  try {
    documents = documentsIn(path, bytes, limits);
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    if (!wasMeantAsTemplate(bytes)) return noTemplate;
    return unusable(input, error.diagnostic);
  }
  const { written, judged } = documents;
  if (judged.length === 0) return noTemplate;
  const sheet = new Sheet(comments);
  for (const document of judged) {
    const possibilities = intrinsics ? possibilitiesOf(document) : null;
    const subject = possibilities?.all ?? new Subject(document.root);
    const { programs, othersPass } = docket.hearing(subject);
    if (othersPass) sheet.note('PASS');
    for (const program of programs) sheet.apply(program, document, possibilities ?? subject);
  }
  return { input, ...sheet.result(suppressionsIn(written, ruleNames)) };
}

/** What rule files say about their rules, looked up once however many templates break them. */
class RuleComments {
  readonly #known = new Map<Source, Map<string, ReportRule>>();

  about(source: Source, name: string): ReportRule {
    const rules = this.#known.get(source) ?? new Map<string, ReportRule>();
    this.#known.set(source, rules);
    const rule = rules.get(name) ?? { name, file: source.name, help: ruleComment(source, name) };
    rules.set(name, rule);
    return rule;
  }
}

/** What the programs said about one file. */
class Sheet {
  readonly #comments: RuleComments;
  readonly #findings: NamelessFinding[] = [];
  readonly #unknowns: NamelessFinding[] = [];
  readonly #limits = new Set<string>();
  readonly #rules = new Set<ReportRule>();
  readonly #diagnostics: Diagnostic[] = [];
  readonly #statuses = new Set<PossibleEvaluation['status']>();
  #clockWasRead = false;

  constructor(comments: RuleComments) {
    this.#comments = comments;
  }

  result(held: Suppressions): Omit<Judged, 'input'> {
    return {
      verdict: {
        ...NO_TEMPLATE,
        ...held,
        status: this.#status(),
        findings: this.#findings,
        unknowns: this.#unknowns,
        remarks: [
          ...held.remarks,
          ...[...this.#limits].map((message) => ({ kind: 'limit', message }) as const),
        ],
        rules: [...this.#rules],
      },
      diagnostics: this.#diagnostics,
      repeatable: this.#diagnostics.length === 0 && !this.#clockWasRead,
    };
  }

  #status(): TemplateReport['status'] {
    if (this.#diagnostics.length > 0) return 'ERROR';
    if (this.#statuses.has('FAIL')) return 'FAIL';
    if (this.#statuses.has('UNKNOWN')) return 'UNKNOWN';
    return this.#statuses.has('PASS') ? 'PASS' : 'SKIP';
  }

  note(status: PossibleEvaluation['status']): void {
    this.#statuses.add(status);
  }

  /** The clock of the function `now`. */
  readonly #now = () => {
    this.#clockWasRead = true;
    return Date.now();
  };

  /** Verdicts first; only a file of rules that fails is run again with recording, to find out where. */
  apply(program: Program, template: Template, subject: Subject | Possibilities): void {
    try {
      if (subject instanceof Possibilities) this.#judge(program, subject);
      else this.#evaluate(program, template, subject);
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      this.#diagnostics.push({
        code: 'rules-evaluation',
        file: program.source.name,
        ...(error.rule && program.source.position(error.rule.span.start)),
        message: `these rules cannot judge \`${template.source.name}\`: ${error.message}`,
        help: 'none of the rules of this file was applied to it; correct the rule, or leave the file out',
      });
    }
  }

  #evaluate(program: Program, template: Template, subject: Subject): void {
    const { status } = evaluate(program, subject, { now: this.#now });
    this.note(status);
    if (status !== 'FAIL') return;
    const found = explainFailure(program, template, subject, { now: this.#now });
    invariant(found.length > 0, `${program.source.name} fails on ${template.source.name} without a finding`);
    this.#add(this.#findings, program, found);
  }

  #judge(program: Program, possibilities: Possibilities): void {
    const { status, findings, unknowns, limit } = possibilities.judge(program, { now: this.#now });
    this.note(status);
    if (status === 'FAIL') invariant(findings.length > 0, `${program.source.name} fails without a finding`);
    this.#add(this.#findings, program, findings);
    this.#add(this.#unknowns, program, unknowns);
    if (limit !== null) this.#limits.add(limit);
  }

  #add(sheet: NamelessFinding[], { source }: Program, found: readonly PossibleFinding[]): void {
    for (const finding of found) {
      this.#rules.add(this.#comments.about(source, finding.rule));
      // Nobody else has it, and copies of thousands take long.
      sheet.push(Object.assign(finding, { ruleFile: source.name }));
    }
  }
}
