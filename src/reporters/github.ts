import type { Remark, Report, ReportFinding } from '../report/report.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { remarkLevel } from './level.ts';
import { printable } from './printable.ts';
import { subjectOf, textOf } from './subject.ts';
import type { View } from './view.ts';

/**
 * Workflow commands that GitHub shows beside the lines they are about: for each violation one of its level, an error for
 * each thing that could not be judged, and what there is to say about excuses. Nothing when all is well.
 *
 * See https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function github({ diagnostics, findings, unknowns, remarks }: Report, view: View): string {
  const lines = [
    ...diagnostics.map(diagnosticCommand),
    ...findings.map(findingCommand),
    ...(view.unknowns ? unknowns.map(unknownCommand) : []),
    ...remarks.map(remarkCommand),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** What GitHub calls the levels. */
const COMMANDS = { error: 'error', warn: 'warning', info: 'notice' } as const;

function findingCommand(finding: ReportFinding): string {
  const { file, line, column, rule, level } = finding;
  return command(COMMANDS[level], { file, line, col: column, title: rule }, sentence(finding));
}

function unknownCommand(finding: ReportFinding): string {
  const { file, line, column, rule } = finding;
  return command('notice', { file, line, col: column, title: `undecided: ${rule}` }, sentence(finding));
}

function sentence(finding: ReportFinding): string {
  return `${printable(subjectOf(finding))}: ${printable(textOf(finding))}`;
}

function remarkCommand(remark: Remark): string {
  const { kind, file, line, column, message } = remark;
  return command(COMMANDS[remarkLevel(remark)], { file, line, col: column, title: kind }, printable(message));
}

function diagnosticCommand({ code, file, line, column, message, help }: Diagnostic): string {
  const advice = help === undefined ? '' : `\n${printable(help)}`;
  const properties = { file, line, col: column, title: `cannot judge: ${code}` };
  return command('error', properties, printable(message) + advice);
}

/** `::name property=value,…::message`, without the properties that are unknown. */
function command(
  name: 'error' | 'warning' | 'notice',
  properties: Readonly<Record<string, string | number | undefined>>,
  message: string,
): string {
  const pairs = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${escapeProperty(printable(String(value)))}`);
  return `::${name} ${pairs.join(',')}::${escapeMessage(message)}`;
}

function escapeMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
