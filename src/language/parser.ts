import { type Limits, STANDARD_LIMITS } from '../source/limits.ts';
import type { Source } from '../source/source.ts';
import { isStackOverflow } from '../source/stack-overflow.ts';
import type {
  Assignment,
  Block,
  Clause,
  Conjunction,
  Disjunction,
  ParameterizedRule,
  Query,
  Rule,
  RuleItem,
  RulesFile,
  TypeBlock,
  WhenBlock,
} from './ast.ts';
import {
  readAssignment,
  readBlock,
  readClause,
  readClauseOrReference,
  readDisjunction,
  readName,
  readWhen,
  readWhenBlock,
} from './clauses.ts';
import { Cursor, type Reader } from './cursor.ts';

/** Something at file level. Disjunctions belong to the default rule. */
type FileItem = Assignment | ParameterizedRule | Rule | Disjunction<RuleItem>;

/**
 * Reads a rule file: the grammar of Guard 3.2, with all its oddities.
 *
 * A file of nothing but white space and comments has no rules, and is not an error.
 *
 * @throws {RulesSyntaxError} when the text does not follow the grammar
 * @throws {DiagnosticError} when it is nested too deeply
 */
export function parseRules(source: Source, limits: Limits = STANDARD_LIMITS): RulesFile {
  const cursor = new Cursor(source, limits);
  cursor.skipBlanks();
  const items = cursor.atEnd ? [] : readWithinStack(cursor);
  if (items === undefined) throw cursor.error();
  return assemble(items);
}

/** How deep calls may go depends on the system. */
function readWithinStack(cursor: Cursor): readonly FileItem[] | undefined {
  try {
    return readItems(cursor);
  } catch (error) {
    if (isStackOverflow(error))
      throw cursor.tooDeep('blocks, brackets and parentheses are nested too deeply');
    throw error;
  }
}

/** `file = ows (END / (ows item ows)+ END)` */
function readItems(cursor: Cursor): readonly FileItem[] | undefined {
  const start = cursor.at;
  const items: FileItem[] = [];
  for (;;) {
    const item = cursor.optional((at) => at.firstOf(FILE_ITEM));
    if (item === undefined) return undefined;
    if (item === null) break;
    items.push(item);
    cursor.skipBlanks();
  }
  if (items.length === 0) return cursor.fail(undefined, start);
  return cursor.atEnd ? items : cursor.fail();
}

/**
 * `item = assignment / param-rule / rule / disjunction(type-block) / ows when block(clause / rule-ref)
 *       / disjunction(clause)`
 */
const FILE_ITEM: readonly Reader<FileItem>[] = [
  readAssignment,
  readParameterizedRule,
  readRule,
  (cursor) => readDisjunction<RuleItem>(cursor, readTypeBlock),
  readFileWhenBlock,
  (cursor) => readDisjunction<RuleItem>(cursor, readClause),
];

function readFileWhenBlock(cursor: Cursor): Disjunction<RuleItem> | undefined {
  const block = readRuleWhenBlock(cursor);
  return block === undefined ? undefined : [block];
}

function assemble(items: readonly FileItem[]): RulesFile {
  const assignments: Assignment[] = [];
  const rules: Rule[] = [];
  const parameterizedRules: ParameterizedRule[] = [];
  const loose: Disjunction<RuleItem>[] = [];
  for (const item of items) {
    if (!('kind' in item)) loose.push(item);
    else if (item.kind === 'assignment') assignments.push(item);
    else if (item.kind === 'rule') rules.push(item);
    else parameterizedRules.push(item);
  }
  if (loose.length > 0) rules.unshift(defaultRule(loose));
  return { kind: 'rules-file', assignments, rules, parameterizedRules };
}

/** The rule of what stands outside any rule. */
function defaultRule(conjunction: Conjunction<RuleItem>): Rule {
  const items = conjunction.flat();
  const span = { start: items[0]?.span.start ?? 0, end: items.at(-1)?.span.end ?? 0 };
  const block = { assignments: [], conjunction };
  return { kind: 'rule', name: 'default', isDefault: true, when: null, block, span };
}

/** `param-rule = ows 'rule' ws1 ^NAME '(' ^(ms0 NAME ms0) (',' ^(ms0 NAME ms0))* ^')' ^block(rule-item)` */
function readParameterizedRule(cursor: Cursor): ParameterizedRule | undefined {
  const head = readRuleHead(cursor);
  if (head === undefined) return undefined;
  const { start, name } = head;
  if (!cursor.take('(')) return cursor.fail();
  const parameters = cursor.separated(readParameter, (at) => at.take(','));
  if (parameters === undefined) return undefined;
  if (!cursor.expect(')')) return cursor.commit();
  const block = readBlock(cursor, readRuleItem);
  if (block === undefined) return cursor.commit();
  const rule: Rule = { kind: 'rule', name, isDefault: false, when: null, block, span: cursor.span(start) };
  return { kind: 'parameterized-rule', parameters: [...new Set(parameters)], rule };
}

function readParameter(cursor: Cursor): string | undefined {
  cursor.skipSpace();
  const name = readName(cursor, 'the name of a parameter');
  cursor.skipSpace();
  return name ?? cursor.commit();
}

/** `rule = ows 'rule' ws1 ^NAME when? ^block(rule-item)` */
function readRule(cursor: Cursor): Rule | undefined {
  const head = readRuleHead(cursor);
  if (head === undefined) return undefined;
  const { start, name } = head;
  const when = cursor.optional(readWhen);
  if (when === undefined) return undefined;
  const block = readBlock(cursor, readRuleItem);
  if (block === undefined) return cursor.commit();
  return { kind: 'rule', name, isDefault: false, when, block, span: cursor.span(start) };
}

/** `ows 'rule' ws1 ^NAME` */
function readRuleHead(cursor: Cursor): { start: number; name: string } | undefined {
  cursor.skipBlanks();
  const start = cursor.at;
  if (!cursor.take('rule')) return cursor.fail();
  if (!cursor.expectBlanks()) return undefined;
  const name = readName(cursor, 'the name of a rule');
  return name === undefined ? cursor.commit() : { start, name };
}

/** `rule-item = ows type-block / ows when block(clause / rule-ref) / ows (clause / rule-ref)` */
function readRuleItem(cursor: Cursor): RuleItem | undefined {
  return cursor.firstOf(RULE_ITEM);
}

const RULE_ITEM: readonly Reader<RuleItem>[] = [readTypeBlock, readRuleWhenBlock, readClauseOrReference];

/** `ows when block(clause / rule-ref)` */
function readRuleWhenBlock(cursor: Cursor): WhenBlock | undefined {
  return readWhenBlock(cursor, readClauseOrReference);
}

/** `type-block = TYPE ^ws1 when? tail` */
function readTypeBlock(cursor: Cursor): TypeBlock | undefined {
  const start = cursor.at;
  const typeName = readTypeName(cursor);
  if (typeName === undefined) return undefined;
  const query = resourcesOfType(typeName, cursor.span(start));
  if (!cursor.expectBlanks()) return cursor.commit();
  const when = cursor.optional(readWhen);
  if (when === undefined) return undefined;
  const block = when === null ? cursor.firstOf(UNGUARDED_TAIL) : readBlock(cursor, readClause);
  if (block === undefined) return cursor.commit();
  return { kind: 'type-block', typeName, when, block, query, span: cursor.span(start) };
}

/** `tail = block(clause) / ^(ows clause)`; behind a `when` the braces are a must */
const UNGUARDED_TAIL: readonly Reader<Block<Clause>>[] = [
  (cursor) => readBlock(cursor, readClause),
  (cursor) => {
    cursor.skipBlanks();
    const clause = readClause(cursor);
    return clause === undefined ? undefined : { assignments: [], conjunction: [[clause]] };
  },
];

/** `TYPE = NAME '::' NAME '::' NAME ('::MODULE')? / NAME '::' NAME`, without `::MODULE` */
function readTypeName(cursor: Cursor): string | undefined {
  const first = cursor.name();
  if (first === undefined || !cursor.take('::')) return cursor.fail();
  const second = cursor.name();
  if (second === undefined) return undefined;
  const end = cursor.at;
  const third = cursor.take('::') ? cursor.name() : undefined;
  if (third === undefined) {
    cursor.at = end;
    return `${first}::${second}`;
  }
  cursor.take('::MODULE');
  return `${first}::${second}::${third}`;
}

/** `Resources.*[ Type == "<typeName>" ]` */
function resourcesOfType(typeName: string, span: Query['span']): Query {
  const type: Query = { kind: 'query', parts: [{ kind: 'key', name: 'Type' }], matchAll: true, span };
  const clause: Clause = {
    kind: 'access-clause',
    not: false,
    query: type,
    operator: '==',
    negated: false,
    right: { kind: 'string', value: typeName },
    message: null,
    span,
  };
  return {
    kind: 'query',
    parts: [
      { kind: 'key', name: 'Resources' },
      { kind: 'all-values', capture: null },
      { kind: 'filter', capture: null, conjunction: [[clause]] },
    ],
    matchAll: true,
    span,
  };
}
