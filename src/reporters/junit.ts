import type { Remark, Report, ReportFinding, SuppressedFinding, TemplateReport } from '../report/report.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { LEVEL_NAMES, remarkLevel } from './level.ts';
import { printable } from './printable.ts';
import { subjectOf, textOf } from './subject.ts';

/**
 * JUnit XML as build servers read it. A template is a test suite, and each of its violations a failed test case, unless
 * it is below the level `error`: then it is said in a case that passes. What is undecided or excused is a skipped case. A
 * template that passes has a case that says so. What could not be judged is an error in the suite of its file, which may
 * be a rule file; what there is to say about excuses is the output of a suite.
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
  readonly remarks: readonly Remark[];
}

interface Case {
  /** Whose suite it belongs to; undefined: that of no file. */
  readonly file: string | undefined;
  readonly attributes: Attributes;
  readonly outcome:
    | { readonly kind: 'pass'; readonly output?: string }
    | { readonly kind: 'skipped'; readonly message: string }
    | { readonly kind: 'failure' | 'error'; readonly message: string; readonly text: string };
}

type Attributes = Readonly<Record<string, string | number>>;

/** Templates in the order of the report, then other files with trouble or remarks, then trouble without a file. */
function suitesOf({ templates, findings, unknowns, suppressed, remarks, diagnostics }: Report): Suite[] {
  const files = new Set(templates.map(({ path }) => path));
  for (const { file } of [...diagnostics, ...remarks]) if (file !== undefined) files.add(file);
  const statuses = new Map(templates.map(({ path, status }) => [path, status]));
  const cases = groupBy(
    [
      ...diagnostics.map(diagnosticCase),
      ...findings.map(findingCase),
      ...unknowns.map(unknownCase),
      ...suppressed.map(suppressedCase),
    ],
    ({ file }) => file,
  );
  const remarksOf = groupBy(remarks, ({ file }) => file);
  const suites = [...files].map((file) => {
    const told = cases.get(file) ?? [];
    const all = [...verdictCases(file, statuses.get(file), told), ...told];
    return { name: file, cases: all, remarks: remarksOf.get(file) ?? [] };
  });
  const elsewhere = cases.get(undefined) ?? [];
  return elsewhere.length === 0
    ? suites
    : [...suites, { name: 'ecs-guard-staged', cases: elsewhere, remarks: [] }];
}

/** What the other cases of a template do not tell about it. */
function verdictCases(
  file: string,
  status: TemplateReport['status'] | undefined,
  told: readonly Case[],
): Case[] {
  const caseOf = (outcome: Case['outcome']) => [
    { file, attributes: { classname: file, name: 'all rules' }, outcome },
  ];
  if (status === 'PASS') return caseOf({ kind: 'pass' });
  if (status === 'SKIP') return caseOf({ kind: 'skipped', message: 'no rule applies' });
  if (status !== 'ERROR' || told.some(({ outcome }) => outcome.kind === 'error')) return [];
  const message = 'some rules could not judge this template';
  return caseOf({ kind: 'error', message, text: message });
}

function findingCase(finding: ReportFinding): Case {
  const { file, line, column, ruleFile, level, path } = finding;
  const message = textOf(finding);
  const text = `${place(file, line, column)} ${printable(message)}\nvalue: ${printable(path) || '/'}\nrule file: ${printable(ruleFile)}`;
  return {
    file,
    attributes: attributesOf(finding),
    outcome:
      level === 'error'
        ? { kind: 'failure', message, text }
        : { kind: 'pass', output: `${LEVEL_NAMES[level]}: ${text}` },
  };
}

function unknownCase(finding: ReportFinding): Case {
  const outcome = { kind: 'skipped', message: `undecided: ${textOf(finding)}` } as const;
  return { file: finding.file, attributes: attributesOf(finding), outcome };
}

function suppressedCase(finding: SuppressedFinding): Case {
  const { reason, until } = finding.suppression;
  const message = `excused${until === null ? '' : ` until ${until}`}${reason === null ? '' : `: ${reason}`}`;
  return { file: finding.file, attributes: attributesOf(finding), outcome: { kind: 'skipped', message } };
}

function attributesOf(finding: ReportFinding): Attributes {
  const { file, line, rule } = finding;
  return { classname: file, name: `${rule}: ${subjectOf(finding)}`, file, line };
}

function diagnosticCase({ code, file, line, column, message, help }: Diagnostic): Case {
  const where = file === undefined ? '' : `${place(file, line, column)} `;
  const advice = help === undefined ? '' : `\nhelp: ${printable(help)}`;
  return {
    file,
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

function suiteLines({ name, cases, remarks }: Suite): string[] {
  return [
    `  ${openTag('testsuite', { name, ...totalsOf(cases) })}`,
    ...cases.flatMap(caseLines),
    ...outputLines(remarks.map(remarkText), '    '),
    '  </testsuite>',
  ];
}

function remarkText(remark: Remark): string {
  const { file, line, column, message } = remark;
  return `${place(file, line, column)} ${LEVEL_NAMES[remarkLevel(remark)]}: ${printable(message)}`;
}

function caseLines({ attributes, outcome }: Case): string[] {
  const inside = outcomeLines(outcome);
  if (inside.length === 0) return [`    ${openTag('testcase', attributes, '/>')}`];
  return [`    ${openTag('testcase', attributes)}`, ...inside, '    </testcase>'];
}

function outcomeLines(outcome: Case['outcome']): string[] {
  const { kind } = outcome;
  if (kind === 'pass') return outputLines(outcome.output === undefined ? [] : [outcome.output], '      ');
  const { message } = outcome;
  if (kind === 'skipped') return [`      ${openTag(kind, { message }, '/>')}`];
  return [`      ${openTag(kind, { message })}${escapeXml(outcome.text)}</${kind}>`];
}

function outputLines(texts: readonly string[], indentation: string): string[] {
  if (texts.length === 0) return [];
  return [`${indentation}<system-out>${escapeXml(texts.join('\n'))}</system-out>`];
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
