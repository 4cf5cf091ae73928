import type { Literal } from '../language/ast.ts';
import { compilePattern } from '../language/pattern.ts';
import { InternalError } from '../source/invariant.ts';
import { canonicalInt, Entries, makeValue, type Pattern, type Range, type Value } from '../value/value.ts';

/** The value of a literal. Its root has the empty path; nothing in it has a place in a text. */
export function literalValue(
  literal: Literal,
  parent: Value | null = null,
  key: string | number | null = null,
): Value {
  switch (literal.kind) {
    case 'null':
      return makeValue('null', null, parent, key, -1, null);
    case 'string':
      return makeValue('string', literal.value, parent, key, -1, null);
    case 'bool':
      return makeValue('bool', literal.value, parent, key, -1, null);
    case 'int':
      return makeValue('int', canonicalInt(BigInt(literal.text)), parent, key, -1, null);
    case 'float':
      return makeValue('float', Number(literal.text), parent, key, -1, null);
    case 'regex':
      return makeValue('regex', pattern(literal.pattern), parent, key, -1, null);
    case 'range':
      return makeValue('range', range(literal), parent, key, -1, null);
    case 'list':
      return list(literal.items, parent, key);
    case 'map':
      return map(literal.entries, parent, key);
  }
}

/** Compiled at the first test: the parser has checked the pattern, and most are never asked. */
function pattern(text: string): Pattern {
  let compiled: Pattern | undefined;
  return {
    text,
    test: (subject) => {
      compiled ??= compilePattern(text);
      if (compiled === undefined)
        throw new InternalError(`the parser accepted the invalid pattern /${text}/`);
      return compiled.test(subject);
    },
  };
}

function range(literal: Extract<Literal, { kind: 'range' }>): Range {
  const end = (text: string): number | bigint | string => {
    if (literal.of === 'int') return canonicalInt(BigInt(text));
    return literal.of === 'float' ? Number(text) : text;
  };
  const { of, lowerInclusive, upperInclusive } = literal;
  return { of, lower: end(literal.lower), upper: end(literal.upper), lowerInclusive, upperInclusive };
}

function list(items: readonly Literal[], parent: Value | null, key: string | number | null): Value {
  const elements: Value[] = [];
  const value = makeValue('list', elements, parent, key, -1, null);
  for (const [index, item] of items.entries()) elements.push(literalValue(item, value, index));
  return value;
}

function map(
  entries: readonly { key: string; value: Literal }[],
  parent: Value | null,
  key: string | number | null,
): Value {
  const value = makeValue('map', new Entries(), parent, key, -1, null);
  for (const entry of entries) value.value.set(entry.key, -1, literalValue(entry.value, value, entry.key));
  return value;
}
