import { assertNever } from '../source/invariant.ts';
import type {
  AccessClause,
  Assignment,
  BinaryOperator,
  Block,
  Clause,
  Conjunction,
  LetValue,
  Literal,
  Query,
  QueryPart,
  RangeLiteral,
  Rule,
  RuleItem,
  RulesFile,
  UnaryOperator,
} from './ast.ts';

/**
 * Keys that a reader of clauses takes for something else where they come first, in whole or, without a word boundary
 * behind the keyword, by their beginning.
 */
const MISREAD_KEY = /^(?:this|THIS|when|WHEN|keys|KEYS)|^(?:some|SOME|not|NOT|or|OR|let|rule)$/;
/** Keys that begin like an operator, which behind a reference to a rule would be its test. */
const OPERATOR_LIKE_KEY = /^(?:in|IN|exists|EXISTS|empty|EMPTY|is_|IS_)/;

/**
 * A rule file as text. Parsed again, it gives the same tree but for the spans; comments and layout are not in the tree.
 *
 * One tree does not survive: a key `some` that is all there is at the right of an operator. It can only be written with
 * no white space behind it, and this printer puts white space behind everything.
 */
export function printRules(file: RulesFile): string {
  const lines = file.assignments.map(printAssignment);
  for (const rule of file.rules)
    lines.push(rule.isDefault ? printConjunction(rule.block.conjunction, printItem) : printRule(rule));
  for (const { parameters, rule } of file.parameterizedRules)
    lines.push(`rule ${rule.name}(${parameters.join(', ')}) ${printBlock(rule.block, printItem)}`);
  return lines.map((line) => `${line}\n`).join('');
}

function printRule({ name, when, block }: Rule): string {
  return `rule ${name} ${printWhen(when)}${printBlock(block, printItem)}`;
}

function printWhen(when: Conjunction<Clause> | null): string {
  return when === null ? '' : `when ${printConjunction(when, printClause)} `;
}

function printBlock<T>({ assignments, conjunction }: Block<T>, print: (item: T) => string): string {
  const lines = assignments.map(printAssignment);
  if (conjunction.length > 0) lines.push(printConjunction(conjunction, print));
  return `{\n${lines.join('\n')}\n}`;
}

function printConjunction<T>(conjunction: Conjunction<T>, print: (item: T) => string): string {
  return conjunction.map((disjunction) => disjunction.map(print).join(' or ')).join('\n');
}

function printAssignment({ name, value }: Assignment): string {
  return `let ${name} = ${printLetValue(value)}`;
}

function printItem(item: RuleItem): string {
  if (item.kind !== 'type-block') return printClause(item);
  return `${item.typeName} ${printWhen(item.when)}${printBlock(item.block, printClause)}`;
}

function printClause(clause: Clause): string {
  switch (clause.kind) {
    case 'access-clause':
      return printAccessClause(clause);
    case 'rule-reference':
      return `${printNot(clause.not)}${clause.name}${printMessage(clause.message)}`;
    case 'parameterized-call': {
      const call = `${clause.name}(${clause.arguments.map(printLetValue).join(', ')})`;
      return `${printNot(clause.not)}${call}${printMessage(clause.message)}`;
    }
    case 'block-clause': {
      const query = printTestedQuery(clause.query);
      return `${query} ${clause.notEmpty ? '!empty ' : ''}${printBlock(clause.block, printClause)}`;
    }
    case 'when-block':
      return `${printWhen(clause.when)}${printBlock(clause.block, printClause)}`;
    default:
      return assertNever(clause);
  }
}

function printAccessClause({ not, query, operator, negated, right, message }: AccessClause): string {
  const subject = `${printNot(not)}${printTestedQuery(query)} ${printOperator(operator, negated)}`;
  return `${subject}${right === null ? '' : ` ${printLetValue(right)}`}${printMessage(message)}`;
}

function printOperator(operator: UnaryOperator | BinaryOperator, negated: boolean): string {
  if (!negated) return operator;
  return operator === '==' ? '!=' : `not ${operator}`;
}

function printNot(not: boolean): string {
  return not ? 'not ' : '';
}

function printMessage(message: string | null): string {
  return message === null ? '' : ` <<${message}>>`;
}

function printLetValue(value: LetValue): string {
  switch (value.kind) {
    case 'query':
      return printRightQuery(value);
    case 'function-call':
      return `${value.name}(${value.arguments.map(printLetValue).join(', ')})`;
    default:
      return printLiteral(value);
  }
}

/** A query where a value may stand too: quoted, its first key would be a string. */
function printRightQuery(query: Query): string {
  const [first, ...rest] = query.parts;
  const bare = first?.kind === 'key' && query.matchAll;
  return bare ? `${first.name}${rest.map(printPart).join('')}` : printQuery(query);
}

/** A query where a clause begins, which may stand behind another one. */
function printTestedQuery(query: Query): string {
  const [first] = query.parts;
  const isMisread = first?.kind === 'key' && query.matchAll && OPERATOR_LIKE_KEY.test(first.name);
  return isMisread
    ? `${quote(first.name)}${query.parts.slice(1).map(printPart).join('')}`
    : printQuery(query);
}

/** A query as Guard text. */
export function printQuery({ parts: [first, ...rest], matchAll }: Query): string {
  const start = first === undefined ? '' : printFirstPart(first);
  return `${matchAll ? '' : 'some '}${start}${rest.map(printPart).join('')}`;
}

function printFirstPart(part: QueryPart): string {
  switch (part.kind) {
    case 'this':
      return 'this';
    case 'key':
      return MISREAD_KEY.test(part.name) ? quote(part.name) : printKey(part.name);
    case 'variable':
      return printVariable(part.name);
    default:
      return printPart(part);
  }
}

function printPart(part: QueryPart): string {
  switch (part.kind) {
    case 'this':
      return '.this';
    case 'key':
      return `.${printKey(part.name)}`;
    case 'variable':
      return `.${printVariable(part.name)}`;
    case 'index':
      return `[${part.index}]`;
    case 'all-values':
      return part.capture === null ? '.*' : `[ ${part.capture} ]`;
    case 'all-indices':
      return `[${part.capture ?? '*'}]`;
    case 'filter':
      return `[ ${printCapture(part.capture)}${printConjunction(part.conjunction, printClause)} ]`;
    case 'key-filter': {
      const right = part.right.kind === 'query' ? printRightQuery(part.right) : printLiteral(part.right);
      return `[ ${printCapture(part.capture)}keys ${printOperator(part.operator, part.negated)} ${right} ]`;
    }
    default:
      return assertNever(part);
  }
}

function printCapture(capture: string | null): string {
  return capture === null ? '' : `${capture} | `;
}

function isName(text: string): boolean {
  return /^[A-Za-z]+[\p{Alphabetic}\p{N}_]*$/u.test(text);
}

function printKey(name: string): string {
  return isName(name) ? name : quote(name);
}

function printVariable(name: string): string {
  return isName(name) ? `%${name}` : quote(`%${name}`);
}

function printLiteral(literal: Literal): string {
  switch (literal.kind) {
    case 'null':
      return 'null';
    case 'string':
      return quote(literal.value);
    case 'bool':
      return String(literal.value);
    case 'int':
    case 'float':
      return literal.text;
    case 'regex':
      return `/${literal.pattern.replaceAll('/', '\\/')}/`;
    case 'range':
      return printRange(literal);
    case 'list':
      return `[${literal.items.map(printLiteral).join(', ')}]`;
    case 'map':
      return `{${literal.entries.map(({ key, value }) => `${quote(key)}: ${printLiteral(value)}`).join(', ')}}`;
    default:
      return assertNever(literal);
  }
}

function printRange({ lower, upper, lowerInclusive, upperInclusive }: RangeLiteral): string {
  return `r${lowerInclusive ? '[' : '('}${lower},${upper}${upperInclusive ? ']' : ')'}`;
}

/** A backslash is an escape before the quote only, and no string ends in one. */
function quote(text: string): string {
  return `"${text.replaceAll('"', '\\"')}"`;
}
