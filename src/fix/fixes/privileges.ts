import type { Value } from '../../value/value.ts';
import type { Fix } from '../remedy.ts';
import { propertyAt } from '../subject.ts';
import { isFargate } from './launch-type.ts';

const MAY_BE_NEEDED = 'the application may need it on its instance';

/** Fargate refuses privileged containers, so that nothing there can depend on it. */
export const privileged: Fix = (subject) =>
  subject.container && {
    changes: [{ kind: 'set', map: subject.container, key: subject.spell('Privileged'), to: false }],
    doubt: isFargate(subject) ? null : MAY_BE_NEEDED,
  };

/** Fargate refuses every added capability but SYS_PTRACE, and a list without any adds nothing. */
export const addedCapabilities: Fix = (subject) => {
  const added = propertyAt(subject.container, 'LinuxParameters', 'Capabilities', 'Add');
  if (added === undefined) return null;
  const { value } = subject;
  const judged = value.parent === added ? value : added;
  const names = judged.kind === 'list' ? judged.value : [judged];
  const isUseless = names.length === 0 || (isFargate(subject) && !names.some(isAllowedOnFargate));
  return {
    changes: [{ kind: 'remove', value: outermostEmptied(judged) }],
    doubt: isUseless ? null : MAY_BE_NEEDED,
  };
};

function isAllowedOnFargate({ value }: Value): boolean {
  return /^(?:CAP_)?SYS_PTRACE$/i.test(String(value));
}

/** What is left with nothing in it goes too, up to the container. */
function outermostEmptied(value: Value): Value {
  let at = value;
  while (at.parent !== null && !/^linuxParameters$/i.test(String(at.key)) && sizeOf(at.parent) === 1)
    at = at.parent;
  return at;
}

function sizeOf(value: Value): number {
  if (value.kind === 'list') return value.value.length;
  return value.kind === 'map' ? value.value.size : 0;
}
