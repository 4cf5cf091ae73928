import type { Incomparable } from '../engine/record.ts';
import { fullForm, typeName } from '../value/display.ts';
import type { Value } from '../value/value.ts';

/** Why `left` could not be compared with `right`, in the native tool's words. */
export function incomparableText(kind: Incomparable, left: Value, right: Value): string {
  switch (kind) {
    case 'types':
      return `PathAwareValues are not comparable ${typeName(left)}, ${typeName(right)}`;
    case 'float':
      return 'Float values are not comparable';
    case 'substring':
      return `Type not comparable, ${fullForm(left)}, ${fullForm(right)}`;
    case 'membership':
      return `Can not compare type ${fullForm(left)}, ${fullForm(right)}`;
  }
}
