export { check } from './check/check.ts';
export type { Scope } from './check/index-inputs.ts';
export type { CheckRequest } from './check/job.ts';
export { DEFAULT_PACKS, PACKS, type Pack } from './check/pack-names.ts';
export type { Settings } from './config/settings.ts';
export { compile, type Program } from './engine/compile.ts';
export { compileRules } from './engine/compile-rules.ts';
export type { EvaluationOptions } from './engine/evaluate.ts';
export { EvaluationError } from './engine/evaluation-error.ts';
export type { Status } from './engine/status.ts';
export type { RulesFile } from './language/ast.ts';
export { parseRules } from './language/parser.ts';
export { RulesSyntaxError } from './language/syntax-error.ts';
export { type Evaluation, evaluateTemplate, type LocatedFinding } from './report/evaluation.ts';
export type {
  Counts,
  Remark,
  Report,
  ReportFinding,
  ReportRule,
  Shard,
  SuppressedFinding,
  TemplateReport,
} from './report/report.ts';
export type { Suppression } from './report/suppression.ts';
export { type Diagnostic, type DiagnosticCode, DiagnosticError } from './source/diagnostic.ts';
export { type Position, Source } from './source/source.ts';
export type { Template } from './template/template.ts';
export { loadTemplates } from './template/templates.ts';
export type { Value } from './value/value.ts';
