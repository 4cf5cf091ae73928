import type { Incomparable } from '../engine/record.ts';
import type { AccessClause } from '../language/ast.ts';
import { equal } from '../value/compare.ts';
import { fullForm, typeName } from '../value/display.ts';
import type { Value } from '../value/value.ts';

/** Why `left` could not be compared with `right` by an operator, in the native tool's words. */
export function incomparableText(
  kind: Incomparable,
  operator: AccessClause['operator'],
  left: Value,
  right: Value,
): string {
  switch (kind) {
    case 'types': {
      const [first, second] = isOrder(operator) ? [left, right] : culprits(left, right);
      return `PathAwareValues are not comparable ${typeName(first)}, ${typeName(second)}`;
    }
    case 'float':
      return 'Float values are not comparable';
    case 'substring':
      return `Type not comparable, ${fullForm(left)}, ${fullForm(right)}`;
    case 'membership':
      return `Can not compare type ${fullForm(left)}, ${fullForm(right)}`;
  }
}

function isOrder(operator: AccessClause['operator']): boolean {
  return operator === '<' || operator === '<=' || operator === '>' || operator === '>=';
}

/** The values at which an equality of collections broke off: the first pair inside that is not equal. */
function culprits(left: Value, right: Value): readonly [Value, Value] {
  for (const [first, second] of pairs(left, right))
    if (equal(first, second) !== true) return culprits(first, second);
  return [left, right];
}

function pairs(left: Value, right: Value): (readonly [Value, Value])[] {
  if (left.kind === 'list' && right.kind === 'list') {
    return left.value.map((element, at) => [element, right.value[at] ?? right] as const);
  }
  if (left.kind === 'map' && right.kind === 'map') {
    return left.value.values.map(
      (element) => [element, right.value.get(String(element.key)) ?? right] as const,
    );
  }
  return [];
}
