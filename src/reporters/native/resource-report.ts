import { messagesOf } from '../../report/native-messages.ts';
import type { ClauseReport, DisjunctionReport, FileReport, RuleReport } from '../../report/native-report.ts';
import { reasonText, remainingQuery } from '../../report/reason.ts';
import { displayForm } from '../../value/display.ts';
import { locatedPathOf, pathOf } from '../../value/path.ts';
import type { Value } from '../../value/value.ts';
import type { ResourceFailures } from './attribution.ts';
import { paint } from './colours.ts';
import { messageLines } from './message-block.ts';
import { consoleOperator } from './operator-names.ts';

type Kind<K extends ClauseReport['kind']> = Extract<ClauseReport, { kind: K }>;

/** What the CloudFormation and Terraform reports word differently. Each function returns unindented lines. */
export interface ResourceWording {
  /** The `PropertyPath` of a test of values. */
  propertyPath(clause: Kind<'unary' | 'binary' | 'membership'>): string;
  /** Lines from the data file around a value. */
  excerpt(value: Value): readonly string[];
}

/** Width of the labels of a comparison, and of the messages above them. */
const COMPARISON_WIDTH = 16;
/** The same for a block whose query did not reach a value. */
const BLOCK_WIDTH = 19;

/** The report of failures grouped by resource. */
export function resourceReport(
  report: FileReport,
  rulesName: string,
  resources: readonly ResourceFailures[],
  wording: ResourceWording,
  colours: boolean,
): string {
  const lines = [
    `Evaluating data ${report.name} against rules ${rulesName}`,
    `Number of non-compliant resources ${paint(String(resources.length), 'bold', colours)}`,
  ];
  for (const resource of resources) {
    lines.push(`Resource = ${paint(resource.name, 'boldYellow', colours)} {`);
    lines.push(`  ${'Type'.padEnd(10)}= ${resource.type}`);
    if (resource.cdkPath !== '') lines.push(`  ${'CDK-Path'.padEnd(10)}= ${resource.cdkPath}`);
    const printer = new CheckPrinter(resource, wording, colours, lines);
    for (const rule of report.failures) if (concerns(rule, resource)) printer.rule(rule, '  ');
    lines.push('}');
  }
  return lines.map((line) => `${line}\n`).join('');
}

/** Compares beginnings of names, so `s3` is also shown where only `s3_b` failed (fixtures/reports/rule-name-prefix). */
function concerns(rule: RuleReport, resource: ResourceFailures): boolean {
  for (const trail of resource.ruleTrails) if (trail.startsWith(`/${rule.name}`)) return true;
  return false;
}

/** Prints the structure of a rule with the tests of one resource. */
class CheckPrinter {
  readonly #resource: ResourceFailures;
  readonly #wording: ResourceWording;
  readonly #colours: boolean;
  readonly #lines: string[];

  constructor(resource: ResourceFailures, wording: ResourceWording, colours: boolean, lines: string[]) {
    this.#resource = resource;
    this.#wording = wording;
    this.#colours = colours;
    this.#lines = lines;
  }

  rule(rule: RuleReport, indent: string): void {
    const inner = `${indent}  `;
    this.#lines.push(`${indent}Rule = ${paint(rule.name, 'brightMagenta', this.#colours)} {`);
    this.#add(inner, messageLines(rule.message ?? '', '', 0));
    this.#lines.push(`${inner}ALL {`);
    this.#checks(rule, inner);
    this.#lines.push(`${inner}}`, `${indent}}`);
  }

  #checks({ checks }: RuleReport | DisjunctionReport, indent: string): void {
    const inner = `${indent}  `;
    for (const check of checks) {
      if (check.kind === 'rule') {
        this.rule(check, inner);
      } else if (check.kind === 'disjunction') {
        this.#lines.push(`${inner}ANY {`);
        this.#checks(check, inner);
        this.#lines.push(`${inner}}`);
      } else if (this.#resource.clauses.has(check)) {
        this.#clause(check, inner);
      }
    }
  }

  #clause(clause: ClauseReport, indent: string): void {
    // What names no value is attributed to no resource.
    if (clause.kind === 'nothing-selected' || clause.kind === 'rule-reference') return;
    this.#lines.push(`${indent}Check = ${clause.context} {`);
    const inner = `${indent}  `;
    if (clause.kind === 'block') this.#block(clause, inner);
    else if (clause.kind === 'unary-missing' || clause.kind === 'binary-missing')
      this.#missing(clause, inner);
    else this.#comparison(clause, inner);
    this.#lines.push(`${indent}}`);
  }

  #missing(clause: Kind<'unary-missing' | 'binary-missing'>, indent: string): void {
    const { missing } = clause;
    const reason = reasonText(missing);
    this.#add(indent, messageLines(messagesOf(clause).custom ?? '', '', 0));
    this.#lines.push(`${indent}RequiredPropertyError {`);
    this.#add(`${indent}  `, [
      `PropertyPath = ${locatedPathOf(missing.at)}`,
      `MissingProperty = ${remainingQuery(missing)}`,
      ...(reason === '' ? [] : [`Reason = ${reason}`]),
      ...this.#wording.excerpt(missing.at),
    ]);
    this.#lines.push(`${indent}}`);
  }

  #block(clause: Kind<'block'>, indent: string): void {
    const { missing } = clause;
    const { custom, error } = messagesOf(clause);
    this.#lines.push(`${indent}RequiredPropertyError {`);
    if (missing !== null) {
      this.#add(`${indent}  `, [
        `${'PropertyPath'.padEnd(BLOCK_WIDTH)}= ${pathOf(missing.at)}`,
        `${'MissingProperty'.padEnd(BLOCK_WIDTH)}= ${remainingQuery(missing)}`,
        ...messageLines(custom ?? '', error, BLOCK_WIDTH),
        ...this.#wording.excerpt(missing.at),
      ]);
    }
    this.#lines.push('', `${indent}}`);
  }

  /** The details of a membership test stand behind the brace that should enclose them (fixtures/reports/in). */
  #comparison(clause: Kind<'unary' | 'binary' | 'membership'>, indent: string): void {
    const { custom, error } = messagesOf(clause);
    const value = clause.kind === 'unary' ? clause.value : clause.from;
    const details = [...this.#details(clause), ...this.#wording.excerpt(value)];
    this.#lines.push(`${indent}ComparisonError {`);
    this.#add(`${indent}  `, messageLines(custom ?? '', error, COMPARISON_WIDTH));
    if (clause.kind === 'membership') this.#lines.push(`${indent}}`);
    this.#add(`${indent}  `, details);
    this.#lines.push('');
    if (clause.kind !== 'membership') this.#lines.push(`${indent}}`);
  }

  #details(clause: Kind<'unary' | 'binary' | 'membership'>): string[] {
    const label = (name: string, text: string) => `${name.padEnd(COMPARISON_WIDTH)}= ${text}`;
    const details = [
      label('PropertyPath', this.#wording.propertyPath(clause)),
      label('Operator', consoleOperator(clause.comparison)),
    ];
    if (clause.kind === 'unary') return details;
    const to =
      clause.kind === 'binary'
        ? displayForm(clause.to)
        : `[${clause.to.flatMap((each) => (each.kind === 'unresolved' ? [] : [displayForm(each)])).join(', ')}]`;
    return [...details, label('Value', displayForm(clause.from)), label('ComparedWith', to)];
  }

  #add(indent: string, lines: readonly string[]): void {
    for (const line of lines) this.#lines.push(indent + line);
  }
}
