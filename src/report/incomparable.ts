import type { Incomparable } from '../engine/record.ts';
import { equal } from '../value/compare.ts';
import { fullForm, typeName } from '../value/display.ts';
import type { Value } from '../value/value.ts';

/** Why `left` could not be compared with `right`, in the native tool's words. */
export function incomparableText(kind: Incomparable, left: Value, right: Value): string {
  switch (kind) {
    case 'types': {
      const [one, other] = unlikeParts(left, right) ?? [left, right];
      return `PathAwareValues are not comparable ${typeName(one)}, ${typeName(other)}`;
    }
    case 'float':
      return 'Float values are not comparable';
    case 'substring':
      return `Type not comparable, ${fullForm(left)}, ${fullForm(right)}`;
    case 'membership':
      return `Can not compare type ${fullForm(left)}, ${fullForm(right)}`;
  }
}

/** The first parts of two collections that are of unlike types; undefined when the collections as such are at fault. */
function unlikeParts(left: Value, right: Value): readonly [Value, Value] | undefined {
  for (const [one, other] of pairs(left, right)) {
    const verdict = equal(one, other);
    if (verdict === true) continue;
    return verdict === 'types' ? (unlikeParts(one, other) ?? [one, other]) : undefined;
  }
  return undefined;
}

function pairs(left: Value, right: Value): (readonly [Value, Value])[] {
  const elements = left.kind === 'list' ? left.value : left.kind === 'map' ? left.value.values : [];
  return elements.flatMap((element, index) => {
    const other =
      right.kind === 'list'
        ? right.value[index]
        : right.kind === 'map'
          ? right.value.get(String(element.key))
          : undefined;
    return other === undefined || left.kind !== right.kind ? [] : [[element, other] as const];
  });
}
