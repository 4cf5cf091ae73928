import type { EventRecord } from '../../engine/record.ts';
import { type FileReport, fileReport } from '../../report/native-report.ts';
import type { Source } from '../../source/source.ts';
import type { Value } from '../../value/value.ts';
import { cloudFormationReport } from './cloudformation.ts';
import { valueAt } from './data-path.ts';
import { jsonDocument } from './document.ts';
import { fileReportDocument } from './file-report-document.ts';
import { genericReport } from './generic.ts';
import { recordDocument } from './record-document.ts';
import { ReportError } from './report-error.ts';
import { sarifDocument } from './sarif.ts';
import { summaryTable } from './summary-table.ts';
import { terraformReport } from './terraform.ts';
import { verboseTree } from './verbose-tree.ts';
import type { NativeView } from './view.ts';
import { yamlDocument } from './yaml-emitter.ts';

export { type Document, type Fields, jsonDocument } from './document.ts';
export { type JunitCase, type JunitReport, junitDocument, junitOutcome } from './junit.ts';
export { ReportError } from './report-error.ts';
export { verboseTree } from './verbose-tree.ts';
export type { NativeView } from './view.ts';
export { yamlDocument } from './yaml-emitter.ts';

/** One rule file's evaluation on one data file, with what the console report shows of both. */
export interface NativeRun {
  /** Name of the data file, as reports print it. */
  readonly dataName: string;
  /** The rule file; its name is what reports print. */
  readonly rules: Source;
  readonly record: EventRecord;
  /** The data that was judged, input parameters included. */
  readonly root: Value;
  /** Text of the data file, for excerpts. */
  readonly text: string;
}

/**
 * What `validate` prints about one rule file and one data file: the summary table, the report, and the records when the
 * view asks for them.
 *
 * @throws {ReportError} where the native tool crashes; it carries what had been printed before
 * @throws {JsonConversionError} for a float that JSON has no notation for
 */
export function consoleReport(run: NativeRun, view: NativeView): string {
  const table = summaryTable(run.record, run.rules, run.dataName, view);
  let report: string;
  try {
    report = formatted(run, view);
  } catch (error) {
    throw error instanceof ReportError ? new ReportError(error.message, table) : error;
  }
  const tree = view.verbose ? verboseTree(run.record, run.rules, run.dataName) : '';
  const records = view.printJson
    ? `${jsonDocument(recordDocument(run.record, run.rules, run.dataName))}\n`
    : '';
  return table + report + tree + records;
}

function formatted(run: NativeRun, view: NativeView): string {
  const report = fileReport(run.record, run.rules, run.dataName);
  switch (view.format) {
    case 'json':
      return jsonDocument(fileReportDocument(report));
    case 'yaml':
      return yamlDocument(fileReportDocument(report));
    case 'single-line-summary':
      return summaryReport(report, run, view);
  }
}

/** The report that suits the data. Failures that belong to no CloudFormation resource are left to the other two. */
function summaryReport(report: FileReport, run: NativeRun, view: NativeView): string {
  const { dataName, rules, record, root, text } = run;
  if (valueAt(root, '/Resources') !== undefined) {
    const byResource = cloudFormationReport(report, rules.name, root, text, view.colours);
    if (byResource !== null) return byResource;
  }
  if (valueAt(root, '/resource_changes') !== undefined) {
    return terraformReport(report, rules.name, root, view.colours);
  }
  return genericReport(record, rules, dataName, view);
}

/**
 * The one document that `validate --structured` prints.
 *
 * @param reports one per data file
 * @throws {JsonConversionError} for a float that JSON has no notation for
 */
export function structuredReport(format: 'json' | 'yaml' | 'sarif', reports: readonly FileReport[]): string {
  switch (format) {
    case 'json':
      return jsonDocument(reports.map(fileReportDocument));
    case 'yaml':
      return yamlDocument(reports.map(fileReportDocument));
    case 'sarif':
      return jsonDocument(sarifDocument(reports));
  }
}
