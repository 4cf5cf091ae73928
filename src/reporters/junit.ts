import type { Report, ReportFinding, TemplateReport } from '../report/report.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { printable } from './printable.ts';
import { subjectOf } from './subject.ts';

/**
 * JUnit XML as build servers read it. A template is a test suite, and each of its violations a failed test case. A
 * template without any has one test case, so that it is seen to have been judged. What could not be judged is an error
 * in the suite of its file, which may be a rule file.
 */
export function junit(report: Report): string {
  const suites = suitesOf(report);
  const time = (report.elapsed / 1000).toFixed(3);
  const totals = totalsOf(suites.flatMap(({ cases }) => cases));
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    openTag('testsuites', { name: nameOf(report), ...totals, time }),
    ...suites.flatMap(suiteLines),
    '</testsuites>',
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function nameOf({ shard }: Report): string {
  return `ecs-guard-staged${shard === undefined ? '' : `, shard ${shard.index} of ${shard.count}`}`;
}

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

interface Case {
  readonly attributes: Attributes;
  readonly outcome:
    | { readonly kind: 'pass' | 'skipped' }
    | { readonly kind: 'failure' | 'error'; readonly message: string; readonly text: string };
}

type Attributes = Readonly<Record<string, string | number>>;

/** Templates in the order of the report, then other files with trouble, then trouble without a file. */
function suitesOf({ templates, findings, diagnostics }: Report): Suite[] {
  const files = new Set(templates.map(({ path }) => path));
  for (const { file } of diagnostics) if (file !== undefined) files.add(file);
  const statuses = new Map(templates.map(({ path, status }) => [path, status]));
  const findingsOf = groupBy(findings, ({ file }) => file);
  const diagnosticsOf = groupBy(diagnostics, ({ file }) => file);
  const suites = [...files].map((file) => {
    const cases = [
      ...(diagnosticsOf.get(file) ?? []).map(diagnosticCase),
      ...(findingsOf.get(file) ?? []).map(findingCase),
    ];
    return { name: file, cases: [...verdictCases(file, statuses.get(file), cases), ...cases] };
  });
  const elsewhere = (diagnosticsOf.get(undefined) ?? []).map(diagnosticCase);
  return elsewhere.length === 0 ? suites : [...suites, { name: 'ecs-guard-staged', cases: elsewhere }];
}

/** What the violations and diagnostics of a template do not tell about it. */
function verdictCases(
  file: string,
  status: TemplateReport['status'] | undefined,
  told: readonly Case[],
): Case[] {
  const attributes = { classname: file, name: 'all rules' };
  if (status === 'ERROR' && !told.some(({ outcome }) => outcome.kind === 'error')) {
    const message = 'some rules could not judge this template';
    return [{ attributes, outcome: { kind: 'error', message, text: message } }];
  }
  if (status === undefined || told.length > 0) return [];
  return [{ attributes, outcome: { kind: status === 'SKIP' ? 'skipped' : 'pass' } }];
}

function findingCase(finding: ReportFinding): Case {
  const { file, line, column, rule, ruleFile, message, path } = finding;
  return {
    attributes: { classname: file, name: `${rule}: ${subjectOf(finding)}`, file, line },
    outcome: {
      kind: 'failure',
      message,
      text: `${place(file, line, column)} ${printable(message)}\nvalue: ${printable(path) || '/'}\nrule file: ${printable(ruleFile)}`,
    },
  };
}

function diagnosticCase({ code, file, line, column, message, help }: Diagnostic): Case {
  const where = file === undefined ? '' : `${place(file, line, column)} `;
  const advice = help === undefined ? '' : `\nhelp: ${printable(help)}`;
  return {
    attributes: {
      classname: file ?? 'ecs-guard-staged',
      name: `cannot judge: ${code}`,
      ...(file === undefined ? {} : { file }),
      ...(line === undefined ? {} : { line }),
    },
    outcome: { kind: 'error', message, text: `${where}${printable(message)}${advice}` },
  };
}

function place(file: string, line?: number, column?: number): string {
  return [printable(file), line, column].filter((part) => part !== undefined).join(':');
}

function suiteLines({ name, cases }: Suite): string[] {
  return [
    `  ${openTag('testsuite', { name, ...totalsOf(cases) })}`,
    ...cases.flatMap(caseLines),
    '  </testsuite>',
  ];
}

function caseLines({ attributes, outcome }: Case): string[] {
  if (outcome.kind === 'pass') return [`    ${openTag('testcase', attributes, '/>')}`];
  return [`    ${openTag('testcase', attributes)}`, `      ${outcomeElement(outcome)}`, '    </testcase>'];
}

function outcomeElement(outcome: Case['outcome']): string {
  if (!('text' in outcome)) return openTag('skipped', { message: 'no rule applies' }, '/>');
  const { kind, message, text } = outcome;
  return `${openTag(kind, { message })}${escapeXml(text)}</${kind}>`;
}

function totalsOf(cases: readonly Case[]): Attributes {
  const count = (kind: Case['outcome']['kind']) =>
    cases.filter(({ outcome }) => outcome.kind === kind).length;
  return {
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
  };
}

/** Attribute values are one line each. */
function openTag(name: string, attributes: Attributes, end = '>'): string {
  const pairs = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escapeXml(printable(String(value)))}"`,
  );
  return `<${name}${pairs.join('')}${end}`;
}

const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };

/** Noncharacters and halves of surrogate pairs cannot stand in XML, not even as references; `printable` took the rest. */
function escapeXml(text: string): string {
  return text
    .replace(/[<>&"]/g, (character) => ENTITIES[character] ?? character)
    .replace(/[\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd');
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
