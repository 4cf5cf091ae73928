import { allMessages } from '../../report/native-messages.ts';
import type { FileReport } from '../../report/native-report.ts';

/** A JUnit document. All times are whole milliseconds. */
export interface JunitReport {
  readonly name: string;
  readonly time: number;
  readonly suites: readonly JunitSuite[];
}

export interface JunitSuite {
  readonly name: string;
  readonly time: number;
  readonly cases: readonly JunitCase[];
}

export interface JunitCase {
  readonly id?: string;
  readonly name: string;
  readonly time: number;
  readonly outcome: JunitOutcome;
}

export type JunitOutcome =
  | { readonly kind: 'pass' | 'skip' }
  | { readonly kind: 'fail'; readonly message: string | null; readonly texts: readonly string[] }
  | { readonly kind: 'error'; readonly text: string };

/** How `validate` shows the verdict of one rule file on one data file. */
export function junitOutcome({ status, failures }: FileReport): JunitOutcome {
  if (status !== 'FAIL') return { kind: status === 'PASS' ? 'pass' : 'skip' };
  const named = failures.filter((rule) => allMessages(rule).length > 0).at(-1);
  const texts = failures.flatMap(allMessages).flatMap(({ custom, error }) => [custom ?? '', error]);
  return { kind: 'fail', message: named === undefined ? null : shortName(named.name), texts };
}

function shortName(rule: string): string {
  return rule.includes('.guard/') ? (rule.split('.guard/')[1] ?? '') : rule;
}

/** The XML text, with an indentation of four blanks and a final line break. */
export function junitDocument({ name, time, suites }: JunitReport): string {
  const cases = suites.flatMap((suite) => suite.cases);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    openTag('testsuites', {
      name,
      tests: cases.length,
      failures: count(cases, 'fail'),
      errors: count(cases, 'error'),
      time,
    }),
    ...suites.flatMap(suiteLines).map(indented),
    '</testsuites>',
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function count(cases: readonly JunitCase[], kind: JunitOutcome['kind']): number {
  return cases.filter(({ outcome }) => outcome.kind === kind).length;
}

function suiteLines({ name, time, cases }: JunitSuite): string[] {
  const totals = { errors: count(cases, 'error'), failures: count(cases, 'fail') };
  return [
    openTag('testsuite', { name, ...totals, time }),
    ...cases.flatMap(caseLines).map(indented),
    '</testsuite>',
  ];
}

function caseLines({ id, name, time, outcome }: JunitCase): string[] {
  const attributes = { ...(id === undefined ? {} : { id }), name, time };
  switch (outcome.kind) {
    case 'fail':
      return [openTag('testcase', attributes), indented(failureElement(outcome)), '</testcase>'];
    case 'error':
      return [
        openTag('testcase', { ...attributes, status: 'error' }),
        indented(`<error>${escapeXml(outcome.text)}</error>`),
        '</testcase>',
      ];
    default:
      return [openTag('testcase', { ...attributes, status: outcome.kind }, '/>')];
  }
}

/** Texts follow each other without anything in between. */
function failureElement({ message, texts }: Extract<JunitOutcome, { kind: 'fail' }>): string {
  const attributes = message === null ? {} : { message };
  if (texts.length === 0) return openTag('failure', attributes, '/>');
  return `${openTag('failure', attributes)}${texts.map(escapeXml).join('')}</failure>`;
}

function openTag(name: string, attributes: Readonly<Record<string, string | number>>, end = '>'): string {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`);
  return `<${name}${pairs.join('')}${end}`;
}

function indented(line: string): string {
  return `    ${line}`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  "'": '&apos;',
  '"': '&quot;',
};

function escapeXml(text: string): string {
  return text.replace(/[<>&'"]/g, (character) => ENTITIES[character] ?? character);
}
