import type { Program } from '../engine/compile.ts';
import { evaluate, trace } from '../engine/evaluate.ts';
import { EvaluationError } from '../engine/evaluation-error.ts';
import type { Status } from '../engine/status.ts';
import { Subject } from '../engine/subject.ts';
import { findings } from '../report/findings.ts';
import type { ReportFinding, TemplateReport } from '../report/report.ts';
import { type Diagnostic, DiagnosticError } from '../source/diagnostic.ts';
import { invariant } from '../source/invariant.ts';
import { isTemplate, mayHoldTemplate } from '../template/detect.ts';
import type { Template } from '../template/template.ts';
import { loadTemplates } from '../template/templates.ts';
import type { InputFile } from './inputs.ts';
import { wasMeantAsTemplate } from './recognise.ts';

export interface Judged {
  readonly templates: readonly TemplateReport[];
  readonly findings: readonly ReportFinding[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Judges every file that is a template by every program. */
export function judge(files: readonly InputFile[], programs: readonly Program[]): Judged {
  const judged = files.map((file) => judgeFile(file, programs));
  return {
    templates: judged.flatMap(({ templates }) => templates),
    findings: judged.flatMap((file) => file.findings),
    diagnostics: judged.flatMap(({ diagnostics }) => diagnostics),
  };
}

const NO_TEMPLATE: Judged = { templates: [], findings: [], diagnostics: [] };

/** One file, which may hold several documents. A file that is no template is none of our business. */
function judgeFile(file: InputFile, programs: readonly Program[]): Judged {
  if (!mayHoldTemplate(file.bytes)) return NO_TEMPLATE;
  let documents: Template[];
  try {
    documents = loadTemplates(file.path, file.bytes).filter(({ root }) => isTemplate(root));
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    if (!wasMeantAsTemplate(file.bytes)) return NO_TEMPLATE;
    return {
      templates: [{ path: file.path, status: 'ERROR' }],
      findings: [],
      diagnostics: [error.diagnostic],
    };
  }
  if (documents.length === 0) return NO_TEMPLATE;
  const sheet = new Sheet();
  for (const document of documents) {
    const subject = new Subject(document.root);
    for (const program of programs) sheet.apply(program, document, subject);
  }
  return {
    templates: [{ path: file.path, status: sheet.status }],
    findings: sheet.findings,
    diagnostics: sheet.diagnostics,
  };
}

/** What the programs said about one file. */
class Sheet {
  readonly findings: ReportFinding[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly #statuses = new Set<Status>();

  get status(): TemplateReport['status'] {
    if (this.diagnostics.length > 0) return 'ERROR';
    if (this.#statuses.has('FAIL')) return 'FAIL';
    return this.#statuses.has('PASS') ? 'PASS' : 'SKIP';
  }

  /** Verdicts first; only a file of rules that fails is run again with recording, to find out where. */
  apply(program: Program, template: Template, subject: Subject): void {
    try {
      const { status } = evaluate(program, subject);
      this.#statuses.add(status);
      if (status === 'FAIL') this.#explain(program, template, subject);
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      this.diagnostics.push({
        code: 'rules-evaluation',
        file: program.source.name,
        message: `these rules cannot judge \`${template.source.name}\`: ${error.message}`,
        help: 'none of the rules of this file was applied to it; correct the rule, or leave the file out',
      });
    }
  }

  #explain(program: Program, template: Template, subject: Subject): void {
    const { source, root } = template;
    const found = findings(trace(program, subject), root);
    for (const { value, rule, message, path, resource, container } of found) {
      const { line, column } = source.position(value.start);
      const ruleFile = program.source.name;
      this.findings.push({
        file: source.name,
        line,
        column,
        rule,
        ruleFile,
        message,
        path,
        resource,
        container,
      });
    }
    invariant(found.length > 0, `${program.source.name} fails on ${source.name} without a finding`);
  }
}
