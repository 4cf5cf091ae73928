import type {
  AccessClause,
  Assignment,
  Block,
  BlockClause,
  Clause,
  Condition,
  Conjunction,
  Disjunction,
  FunctionCall,
  LetValue,
  Literal,
  ParameterizedCall,
  Query,
  QueryPart,
  RuleReference,
  WhenBlock,
} from './ast.ts';
import type { Cursor, Reader } from './cursor.ts';
import { functionArity } from './functions.ts';
import { readInteger, readString, readValue } from './literals.ts';
import { isUnary, readComparator, readKeyComparator, readMessage, skipNot, skipOr } from './operators.ts';

/*
 * Queries hold clauses in their filters, clauses hold queries, and blocks hold both: one recursion, hence one file.
 * Grammar rules stand above their readers, in the notation of parsing-expression grammars; `ows` is optional white
 * space with comments, `^` makes a failure fatal.
 */

/** `access = ( ows ('SOME' / 'some') ws1 )? first part*` */
export function readQuery(cursor: Cursor): Query | undefined {
  const start = cursor.at;
  const known = cursor.queries.get(start);
  if (known !== undefined) {
    cursor.at = known.end;
    return known.query;
  }
  const some = skipSome(cursor);
  const first = readFirstPart(cursor);
  if (first === undefined) return undefined;
  const parts = [first];
  for (;;) {
    const part = cursor.optional(readPart);
    if (part === undefined) return undefined;
    if (part === null) break;
    // `%x.a` means `%x[*].a` (07-queries.json).
    if (parts.length === 1 && first.kind === 'variable' && part.kind !== 'all-indices')
      parts.push({ kind: 'all-indices', capture: null });
    parts.push(part);
  }
  const query: Query = { kind: 'query', parts, matchAll: !some, span: cursor.span(start) };
  cursor.queries.set(start, { query, end: cursor.at });
  return query;
}

function skipSome(cursor: Cursor): boolean {
  const start = cursor.at;
  cursor.skipBlanks();
  if (cursor.keyword('some', 'SOME') && cursor.skipBlanks()) return true;
  cursor.at = start;
  return false;
}

/** `first = ows ('this' / 'THIS') / '%' NAME / NAME / STRING` */
function readFirstPart(cursor: Cursor): QueryPart | undefined {
  const start = cursor.at;
  cursor.skipBlanks();
  if (cursor.keyword('this', 'THIS')) return { kind: 'this' };
  cursor.at = start;
  return cursor.firstOf(NAMED_PART);
}

const NAMED_PART: readonly Reader<QueryPart>[] = [readVariable, readKey];

/** `NAME` where nothing else will do */
export function readName(cursor: Cursor, expected: string): string | undefined {
  const name = cursor.name();
  if (name === undefined) cursor.miss(expected, cursor.at);
  return name;
}

/** `'%' NAME` */
function readVariable(cursor: Cursor): QueryPart | undefined {
  if (!cursor.take('%')) return cursor.fail();
  const name = readName(cursor, 'the name of a variable');
  return name === undefined ? undefined : { kind: 'variable', name };
}

/** `NAME / STRING` */
function readKey(cursor: Cursor): QueryPart | undefined {
  const name = cursor.name() ?? readString(cursor);
  return name === undefined ? undefined : keyPart(name);
}

/** Quoted or not, a key that begins with `%` is a variable (11-variables.json). */
function keyPart(name: string): QueryPart {
  return name.startsWith('%') ? { kind: 'variable', name: name.slice(1) } : { kind: 'key', name };
}

/** `part = ows '.' ( INT / NAME / STRING / '%' NAME / '*' ) / bracket` */
function readPart(cursor: Cursor): QueryPart | undefined {
  cursor.skipBlanks();
  if (cursor.take('.')) return cursor.firstOf(DOTTED_PART);
  return cursor.take('[') ? cursor.nested(readBracket) : cursor.fail();
}

const DOTTED_PART: readonly Reader<QueryPart>[] = [readIndex, readKey, readVariable, readAllValues];

/** `INT`, cut to 32 bits */
function readIndex(cursor: Cursor): QueryPart | undefined {
  const text = readInteger(cursor);
  return text === undefined ? undefined : { kind: 'index', index: Number(BigInt.asIntN(32, BigInt(text))) };
}

function readAllValues(cursor: Cursor): QueryPart | undefined {
  return cursor.take('*') ? { kind: 'all-values', capture: null } : cursor.fail('a key or `*`');
}

/** Everything that may stand behind `ows '['`. */
function readBracket(cursor: Cursor): QueryPart | undefined {
  return cursor.firstOf(BRACKETS);
}

const BRACKETS: readonly Reader<QueryPart>[] = [
  readAllIndices,
  readBracketIndex,
  readBracketKey,
  readKeyFilter,
  readFilter,
];

function closes(cursor: Cursor): boolean {
  cursor.skipBlanks();
  return cursor.expect(']');
}

/** `( ows '*' / NAME ) ows ']'` */
function readAllIndices(cursor: Cursor): QueryPart | undefined {
  const start = cursor.at;
  cursor.skipBlanks();
  if (cursor.take('*')) return closes(cursor) ? { kind: 'all-indices', capture: null } : undefined;
  cursor.at = start;
  const capture = cursor.name();
  return capture !== undefined && closes(cursor) ? { kind: 'all-indices', capture } : undefined;
}

/** `INT ^(ows ']')` */
function readBracketIndex(cursor: Cursor): QueryPart | undefined {
  const part = readIndex(cursor);
  if (part === undefined) return undefined;
  return closes(cursor) ? part : cursor.commit();
}

/** `( STRING / ows NAME ows ) ows ']'` */
function readBracketKey(cursor: Cursor): QueryPart | undefined {
  const start = cursor.at;
  const key = readString(cursor);
  if (key !== undefined) return closes(cursor) ? keyPart(key) : undefined;
  if (cursor.fatal) return undefined;
  cursor.at = start;
  cursor.skipBlanks();
  const capture = cursor.name();
  return capture !== undefined && closes(cursor) ? { kind: 'all-values', capture } : undefined;
}

/** `capture? ows ('KEYS' / 'keys') ^(ows key-cmp) ^(ows (value / ows access)) ows ']'` */
function readKeyFilter(cursor: Cursor): QueryPart | undefined {
  const capture = cursor.optional(readCapture);
  if (capture === undefined) return undefined;
  cursor.skipBlanks();
  if (!cursor.keyword('keys', 'KEYS')) return cursor.fail();
  cursor.skipBlanks();
  const comparator = readKeyComparator(cursor);
  if (comparator === undefined) return cursor.commit();
  cursor.skipBlanks();
  const right = cursor.firstOf(KEY_FILTER_RIGHT);
  if (right === undefined) return cursor.commit();
  return closes(cursor) ? { kind: 'key-filter', capture, ...comparator, right } : undefined;
}

const KEY_FILTER_RIGHT: readonly Reader<Literal | Query>[] = [readValue, readQuery];

/** `capture? cnf(clause) ^(ows ']')` */
function readFilter(cursor: Cursor): QueryPart | undefined {
  const capture = cursor.optional(readCapture);
  if (capture === undefined) return undefined;
  const conjunction = readConjunction(cursor, readClause);
  if (conjunction === undefined) return undefined;
  return closes(cursor) ? { kind: 'filter', capture, conjunction } : cursor.commit();
}

/** `capture = ows NAME sp0 '|'` */
function readCapture(cursor: Cursor): string | undefined {
  cursor.skipBlanks();
  const name = cursor.name();
  cursor.skipInline();
  return name !== undefined && cursor.take('|') ? name : cursor.fail();
}

/** `let-value = ows ( value / function / access )` */
function readLetValue(cursor: Cursor): LetValue | undefined {
  cursor.skipBlanks();
  return cursor.firstOf(LET_VALUE);
}

const LET_VALUE: readonly Reader<LetValue>[] = [readValue, readFunction, readQuery];

/** `function = NAME '(' args? ')'`, where NAME is a known function with the right number of arguments */
function readFunction(cursor: Cursor): FunctionCall | undefined {
  const start = cursor.at;
  const call = readCall(cursor);
  if (call === undefined) return undefined;
  if (functionArity(call.name) !== call.arguments.length)
    return cursor.fail(notBuiltIn(call.name, call.arguments.length));
  return { kind: 'function-call', ...call, span: cursor.span(start) };
}

function notBuiltIn(name: string, count: number): string {
  const call = `\`${name}\` with ${count} ${count === 1 ? 'argument' : 'arguments'}`;
  return `a call of a built-in function, which ${call} is not`;
}

/** `NAME '(' args? ')'` */
function readCall(cursor: Cursor): { name: string; arguments: readonly LetValue[] } | undefined {
  const name = cursor.name();
  if (name === undefined || !cursor.take('(')) return cursor.fail();
  const values = cursor.nested(readArguments);
  return values !== undefined && cursor.expect(')') ? { name, arguments: values } : undefined;
}

/** `args = ms0 let-value ms0 (',' ms0 let-value ms0)*` */
function readArguments(cursor: Cursor): readonly LetValue[] | undefined {
  const values = cursor.optional((at) => at.separated(readArgument, skipComma));
  return values === null ? [] : values;
}

function readArgument(cursor: Cursor): LetValue | undefined {
  cursor.skipSpace();
  const value = readLetValue(cursor);
  cursor.skipSpace();
  return value;
}

function skipComma(cursor: Cursor): boolean {
  return cursor.take(',');
}

/**
 * `assignment = 'let' ws1 NAME ^( ows ('=' / ':=') ) ( value / ^( ows function ) / ^( ows access ) )`
 *
 * A function that cannot be read, even fatally, is read as a query instead.
 */
export function readAssignment(cursor: Cursor): Assignment | undefined {
  const start = cursor.at;
  if (!cursor.take('let')) return cursor.fail();
  if (!cursor.expectBlanks()) return undefined;
  const name = readName(cursor, 'the name of a variable');
  if (name === undefined) return undefined;
  cursor.skipBlanks();
  if (!cursor.take('=') && !cursor.take(':=')) {
    cursor.fail('`=`');
    return cursor.commit();
  }
  const value = readAssigned(cursor);
  return value === undefined
    ? cursor.commit()
    : { kind: 'assignment', name, value, span: cursor.span(start) };
}

function readAssigned(cursor: Cursor): LetValue | undefined {
  cursor.skipBlanks();
  const start = cursor.at;
  const literal = readValue(cursor);
  if (literal !== undefined || cursor.fatal) return literal;
  cursor.at = start;
  const call = readFunction(cursor);
  if (call !== undefined) return call;
  cursor.fatal = false;
  cursor.at = start;
  return readQuery(cursor);
}

/** `clause = when-clause / block-clause / param-call / access-clause` */
export function readClause(cursor: Cursor): Clause | undefined {
  return cursor.firstOf(CLAUSE);
}

const CLAUSE: readonly Reader<Clause>[] = [
  readWhenClause,
  readBlockClause,
  readParameterizedCall,
  readAccessClause,
];

/** `clause / rule-ref`, for where named rules may be referred to */
export function readClauseOrReference(cursor: Cursor): Clause | undefined {
  return cursor.firstOf(CLAUSE_OR_REFERENCE);
}

const CLAUSE_OR_REFERENCE: readonly Reader<Clause>[] = [...CLAUSE, readRuleReference];

/** `condition = access-clause / param-call / rule-ref` */
function readCondition(cursor: Cursor): Condition | undefined {
  return cursor.firstOf(CONDITION);
}

const CONDITION: readonly Reader<Condition>[] = [readAccessClause, readParameterizedCall, readRuleReference];

/** `when-clause = ows when block(clause)` */
function readWhenClause(cursor: Cursor): WhenBlock | undefined {
  return readWhenBlock(cursor, readClause);
}

/** `ows when block(item)` */
export function readWhenBlock(cursor: Cursor, item: Reader<Clause>): WhenBlock | undefined {
  cursor.skipBlanks();
  const start = cursor.at;
  const when = readWhen(cursor);
  if (when === undefined) return undefined;
  const block = readBlock(cursor, item);
  return block === undefined ? undefined : { kind: 'when-block', when, block, span: cursor.span(start) };
}

/** `when = ows ('when' / 'WHEN') ^( ws1 cnf(condition) )` */
export function readWhen(cursor: Cursor): Conjunction<Condition> | undefined {
  cursor.skipBlanks();
  if (!cursor.keyword('when', 'WHEN')) return cursor.fail();
  if (!cursor.expectBlanks()) return cursor.commit();
  return readConjunction(cursor, readCondition);
}

/** `block-clause = access (ows not ('EMPTY' / 'empty'))? block(clause)` */
function readBlockClause(cursor: Cursor): BlockClause | undefined {
  const start = cursor.at;
  const query = readQuery(cursor);
  if (query === undefined) return undefined;
  const end = cursor.at;
  cursor.skipBlanks();
  const notEmpty = skipNot(cursor) && cursor.keyword('empty', 'EMPTY');
  if (!notEmpty) cursor.at = end;
  const block = readBlock(cursor, readClause);
  return block === undefined
    ? undefined
    : { kind: 'block-clause', query, notEmpty, block, span: cursor.span(start) };
}

/** `param-call = not? NAME '(' args? ')' (ows message)?` */
function readParameterizedCall(cursor: Cursor): ParameterizedCall | undefined {
  const start = cursor.at;
  const not = skipNot(cursor);
  const call = readCall(cursor);
  if (call === undefined) return undefined;
  const message = readOptionalMessage(cursor);
  if (message === undefined) return undefined;
  return { kind: 'parameterized-call', not, ...call, message, span: cursor.span(start) };
}

/** `access-clause = ows not? access ows comparator tail` */
function readAccessClause(cursor: Cursor): AccessClause | undefined {
  const start = cursor.at;
  cursor.skipBlanks();
  const not = skipNot(cursor);
  const query = readQuery(cursor);
  if (query === undefined) {
    cursor.miss('a clause', start);
    return undefined;
  }
  cursor.skipBlanks();
  const operatorAt = cursor.at;
  const comparator = readComparator(cursor);
  if (comparator === undefined) return cursor.widen('comparator', operatorAt);
  const right = isUnary(comparator.operator) ? null : readRightSide(cursor);
  if (right === undefined) return undefined;
  const message = right === null ? readOptionalMessage(cursor) : right.message;
  if (message === undefined) return undefined;
  return {
    kind: 'access-clause',
    not,
    query,
    ...comparator,
    right: right === null ? null : right.value,
    message,
    span: cursor.span(start),
  };
}

/** `^( (value / function / access) (ows message)? )`, in a context of its own */
function readRightSide(cursor: Cursor): { value: LetValue; message: string | null } | undefined {
  const start = cursor.at;
  const value = readLetValue(cursor);
  const message = value === undefined ? undefined : readOptionalMessage(cursor);
  if (value !== undefined && message !== undefined) return { value, message };
  cursor.widen('right-side', start);
  return cursor.commit();
}

/** `(ows message)?`: null when there is none */
function readOptionalMessage(cursor: Cursor): string | null | undefined {
  return cursor.optional((at) => {
    at.skipBlanks();
    return readMessage(at);
  });
}

/**
 * `rule-ref = not? NAME ( &( END / sp0 NEWLINE / sp0 COMMENT / sp0 '{' / or-join ) / ^(sp0 message) )`
 */
export function readRuleReference(cursor: Cursor): RuleReference | undefined {
  const start = cursor.at;
  const not = skipNot(cursor);
  const name = cursor.name();
  if (name === undefined) return undefined;
  const end = cursor.at;
  if (endsReference(cursor)) {
    cursor.at = end;
    return { kind: 'rule-reference', not, name, message: null, span: cursor.span(start) };
  }
  cursor.at = end;
  cursor.skipInline();
  const message = readMessage(cursor);
  if (message === undefined) return cursor.commit();
  return { kind: 'rule-reference', not, name, message, span: cursor.span(start) };
}

const REFERENCE_ENDS = ['\n', '\r\n', '#', '{'];

function endsReference(cursor: Cursor): boolean {
  const end = cursor.at;
  if (cursor.atEnd) return true;
  cursor.skipInline();
  if (REFERENCE_ENDS.some((token) => cursor.text.startsWith(token, cursor.at))) return true;
  cursor.at = end;
  return skipOr(cursor);
}

/** `cnf(X) = disjunction(X)+`, fatal without any */
function readConjunction<T>(cursor: Cursor, item: Reader<T>): Conjunction<T> | undefined {
  const start = cursor.at;
  const conjunction: Disjunction<T>[] = [];
  for (;;) {
    const disjunction = cursor.optional((at) => readDisjunction(at, item));
    if (disjunction === undefined) return undefined;
    if (disjunction === null) break;
    conjunction.push(disjunction);
  }
  if (conjunction.length > 0) return conjunction;
  cursor.failIn('no-clauses', start);
  return cursor.commit();
}

/** `disjunction(X) = ows X (or-join ows X)*` */
export function readDisjunction<T>(cursor: Cursor, item: Reader<T>): Disjunction<T> | undefined {
  return cursor.separated((at) => {
    at.skipBlanks();
    return item(at);
  }, skipOr);
}

/** `block(X) = ows '{' ( ows assignment / disjunction(X) )+ ^(ows '}')` */
export function readBlock<T>(cursor: Cursor, item: Reader<T>): Block<T> | undefined {
  cursor.skipBlanks();
  if (!cursor.expect('{')) return undefined;
  const block = cursor.nested((at) => readBlockItems(at, item));
  if (block === undefined) return undefined;
  cursor.skipBlanks();
  return cursor.expect('}') ? block : cursor.commit();
}

function readBlockItems<T>(cursor: Cursor, item: Reader<T>): Block<T> | undefined {
  const start = cursor.at;
  const assignments: Assignment[] = [];
  const conjunction: Disjunction<T>[] = [];
  const readers: readonly Reader<Assignment | Disjunction<T>>[] = [
    readBlockAssignment,
    (at) => readDisjunction(at, item),
  ];
  for (;;) {
    const read = cursor.optional((at) => at.firstOf(readers));
    if (read === undefined) return undefined;
    if (read === null) break;
    if ('kind' in read) assignments.push(read);
    else conjunction.push(read);
  }
  return assignments.length + conjunction.length === 0
    ? cursor.fail(undefined, start)
    : { assignments, conjunction };
}

function readBlockAssignment(cursor: Cursor): Assignment | undefined {
  cursor.skipBlanks();
  return readAssignment(cursor);
}
