import type { Check, EventRecord } from '../../engine/record.ts';
import type { Result } from '../../engine/result.ts';
import type { UnaryOperator } from '../../language/ast.ts';
import { incomparableText } from '../../report/incomparable.ts';
import { missingBlockText } from '../../report/native-messages.ts';
import { reasonText } from '../../report/reason.ts';
import { ruleName } from '../../report/record-context.ts';
import type { Source } from '../../source/source.ts';
import { jsonForm } from '../../value/display.ts';
import { pathOf } from '../../value/path.ts';
import type { Value } from '../../value/value.ts';
import type { NativeView } from './view.ts';

/**
 * One line per failed test, and per passed and skipped rule as far as the view asks for them. Rules stand in file
 * order, which the native tool leaves to chance.
 */
export function genericReport(
  record: EventRecord,
  rules: Source,
  dataName: string,
  { summary }: NativeView,
): string {
  const failed = new Map<string, readonly string[]>();
  const others = { PASS: new Set<string>(), SKIP: new Set<string>() };
  for (const child of record.children) {
    if (child.event.kind !== 'rule') continue;
    const name = ruleName(child.event.rule, rules);
    if (child.status !== 'FAIL') others[child.status].add(name);
    else
      failed.set(
        name,
        failedTests(child).map((test) => testLine(test, { rule: name, dataName, rules })),
      );
  }
  const groups: readonly (readonly [keyof typeof others | 'FAIL', readonly string[], number])[] = [
    ['FAIL', [...failed.values()].flat(), failed.size],
    ['PASS', ruleLines(others.PASS, 'compliant', dataName), others.PASS.size],
    ['SKIP', ruleLines(others.SKIP, 'not applicable', dataName), others.SKIP.size],
  ];
  const wanted = groups.filter(([status]) => summary.has(status));
  // Whether anything is printed hangs on the first status that was asked for (fixtures/reports/generic, passed-all).
  if ((wanted[0]?.[2] ?? 0) === 0) return '';
  const body = wanted.flatMap(([, lines, size]) => (size > 0 ? ['--', ...lines] : []));
  return [`Evaluation of rules ${rules.name} against data ${dataName}`, ...body, '--']
    .map((line) => `${line}\n`)
    .join('');
}

function ruleLines(names: ReadonlySet<string>, verdict: string, dataName: string): string[] {
  return [...names].map((name) => `Rule [${name}] is ${verdict} for template [${dataName}]`);
}

/** Failed tests and failed calls with a message below a rule: conditions are looked into, filters are not. */
function failedTests(record: EventRecord): EventRecord[] {
  return record.children.flatMap((child) => {
    const { event, status } = child;
    if (event.kind === 'filter') return [];
    if (event.kind === 'check') return event.check.kind === 'success' ? [] : [child];
    if (event.kind === 'rule' && event.call?.message != null && status === 'FAIL') return [child];
    return failedTests(child);
  });
}

/** What a line names besides the test itself. */
interface Subject {
  readonly rule: string;
  readonly dataName: string;
  readonly rules: Source;
}

function testLine({ event }: EventRecord, subject: Subject): string {
  if (event.kind === 'rule') {
    return callLine(ruleName(event.rule, subject.rules), event.call?.message ?? '', subject.dataName);
  }
  if (event.kind !== 'check') return '';
  return checkLine(event.check, subject);
}

function checkLine(check: Check, subject: Subject): string {
  const message = check.clause !== null && 'message' in check.clause ? (check.clause.message ?? '') : '';
  switch (check.kind) {
    case 'rule-reference':
      return callLine(subject.rule, message, subject.dataName);
    case 'missing-block-value':
      return retrievalLine(check.value, missingBlockText(check), subject);
    case 'no-value-for-empty':
      return unaryLine('', 'null', UNARY_PHRASES.empty[0], message, subject);
    case 'unary': {
      if (check.value.kind === 'unresolved') {
        mustConvert(check.value);
        return retrievalLine(check.value, reasonText(check.value), subject);
      }
      const { operator, negated } = check.clause;
      const phrase = UNARY_PHRASES[operator as UnaryOperator][negated ? 1 : 0];
      return unaryLine(pathOf(reached(check.value)), jsonOf(check.value), phrase, message, subject);
    }
    case 'comparison':
      return comparisonLine(check, message, subject);
    case 'membership': {
      const expected = `[${check.to.map(jsonOf).join(',')}]`;
      // The native tool loses path and message of these tests (fixtures/reports/generic, default).
      return binaryLine('', jsonOf(check.from), expected, check, '', subject);
    }
    case 'success':
      return '';
  }
}

function comparisonLine(
  check: Extract<Check, { kind: 'comparison' }>,
  message: string,
  subject: Subject,
): string {
  const { operator, from, to, incomparable } = check;
  mustConvert(from);
  if (to !== null) mustConvert(to);
  if (from.kind === 'unresolved') return retrievalLine(from, reasonText(from), subject);
  if (incomparable !== null && to !== null) {
    return retrievalLine(from, incomparableText(incomparable, operator, reached(from), reached(to)), subject);
  }
  const expected = to === null ? 'null' : jsonOf(to);
  return binaryLine(pathOf(reached(from)), jsonOf(from), expected, check, message, subject);
}

/** The value, or the last one on the way to it. */
function reached(result: Result): Value {
  if (result.kind === 'unresolved') return result.at;
  return result.kind === 'literal' ? result.value : result;
}

/**
 * The native tool makes JSON of the values of a failed test, also where its line does not show them.
 *
 * @throws {JsonConversionError} for a float that JSON has no notation for
 */
function mustConvert(result: Result): void {
  jsonOf(result);
}

function jsonOf(result: Result): string {
  return jsonForm(reached(result));
}

/** By operator: what is wrong without and with negation. The words differ from those of the other reports. */
const UNARY_PHRASES: { readonly [operator in UnaryOperator]: readonly [string, string] } = {
  exists: ['did not exist', 'existed'],
  empty: ['was not empty', 'was empty'],
  is_list: ['was not a list ', 'was list'],
  is_struct: ['was not a struct', 'was struct'],
  is_string: ['was not a string ', 'was string'],
  is_bool: ['was not a bool', 'was bool'],
  is_int: ['was not an int', 'was int'],
  is_null: ['was not null', 'was null'],
  is_float: ['was not a float', 'was float'],
};

function callLine(rule: string, message: string, dataName: string): string {
  return `Parameterized Rule ${rule} failed for ${dataName}. Reason ${message.replaceAll('\n', '; ')}`;
}

function retrievalLine(result: Result, error: string, { rule, dataName }: Subject): string {
  return `Property traversed until [${pathOf(reached(result))}] in data [${dataName}] is not compliant with [${rule}] due to retrieval error. Error Message [${error}]`;
}

function unaryLine(
  path: string,
  value: string,
  phrase: string,
  message: string,
  { rule, dataName }: Subject,
): string {
  return `Property [${path}] in data [${dataName}] is not compliant with [${rule}] because needed value at [${value}] ${phrase}. Error Message [${message.replaceAll('\n', ';')}]`;
}

function binaryLine(
  path: string,
  value: string,
  expected: string,
  { operator, negated }: Extract<Check, { kind: 'comparison' | 'membership' }>,
  message: string,
  { rule, dataName }: Subject,
): string {
  const phrase = `${negated ? 'did' : 'did not'} match expected value${operator === 'in' ? ' in' : ''}`;
  return `Property [${path}] in data [${dataName}] is not compliant with [${rule}] because provided value [${value}] ${phrase} [${expected}]. Error Message [${message.replaceAll('\n', ';')}]`;
}
