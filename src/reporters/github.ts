import type { Report, ReportFinding } from '../report/report.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { printable } from './printable.ts';
import { subjectOf, textOf } from './subject.ts';

/**
 * Workflow commands that GitHub shows beside the lines they are about: an error for each violation and for each thing
 * that could not be judged. Nothing when all is well.
 *
 * See https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function github(report: Report): string {
  const lines = [...report.diagnostics.map(diagnosticCommand), ...report.findings.map(findingCommand)];
  return lines.map((line) => `${line}\n`).join('');
}

function findingCommand(finding: ReportFinding): string {
  const { file, line, column, rule } = finding;
  return command(
    { file, line, col: column, title: rule },
    `${printable(subjectOf(finding))}: ${printable(textOf(finding))}`,
  );
}

function diagnosticCommand({ code, file, line, column, message, help }: Diagnostic): string {
  const advice = help === undefined ? '' : `\n${printable(help)}`;
  return command({ file, line, col: column, title: `cannot judge: ${code}` }, printable(message) + advice);
}

/** `::error name=value,…::message`, without the properties that are unknown. */
function command(properties: Readonly<Record<string, string | number | undefined>>, message: string): string {
  const pairs = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escapeProperty(printable(String(value)))}`);
  return `::error ${pairs.join(',')}::${escapeMessage(message)}`;
}

function escapeMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
