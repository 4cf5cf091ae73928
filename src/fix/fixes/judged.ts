import type { Value } from '../../value/value.ts';
import type { Change, Plain } from '../change.ts';
import type { Fix, Remedy } from '../remedy.ts';
import type { Subject } from '../subject.ts';
import { isForFargateOnly } from './task.ts';

/** Gives a property another value, where the value that was judged is the property or the map that lacks it. */
export function setting(name: string, to: Plain, doubt: string): Fix {
  return ({ value, spell }) => {
    const key = spell(name);
    const map = value.key === key ? value.parent : value;
    return map?.kind === 'map' ? { changes: [{ kind: 'set', map, key, to }], doubt } : null;
  };
}

/** Takes out the value that was judged, and what is left with nothing in it. */
export function removing(doubt: string | null): Fix {
  return (subject) => ({ changes: [removal(subject.value, subject)], doubt });
}

/** Takes out what has no effect on Fargate but that of being refused. */
export function removingOnFargate(doubtElsewhere: string): Fix {
  return (subject): Remedy => ({
    changes: [removal(subject.value, subject)],
    doubt: isForFargateOnly(subject) ? null : doubtElsewhere,
  });
}

/** The removal of a value together with lists and maps of nothing but it, up to the container or resource. */
export function removal(value: Value, { container, properties }: Subject): Change {
  let at = value;
  while (at.parent !== null && at.parent !== container && at.parent !== properties && sizeOf(at.parent) === 1)
    at = at.parent;
  return { kind: 'remove', value: at };
}

function sizeOf(value: Value): number {
  if (value.kind === 'list') return value.value.length;
  return value.kind === 'map' ? value.value.size : 0;
}
