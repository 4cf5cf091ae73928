import type { Value } from '../../value/value.ts';
import type { Fix } from '../remedy.ts';
import { propertyAt } from '../subject.ts';
import { removal } from './judged.ts';
import { isForFargateOnly } from './task.ts';

/** Why privileges on instances are for people to judge. */
export const MAY_BE_NEEDED = 'the application may need it on its instance';

/** Fargate refuses privileged containers, so that nothing there can depend on it. */
export const privileged: Fix = (subject) =>
  subject.container && {
    changes: [{ kind: 'set', map: subject.container, key: subject.spell('Privileged'), to: false }],
    doubt: isForFargateOnly(subject) ? null : MAY_BE_NEEDED,
  };

/** Fargate refuses every added capability but SYS_PTRACE, and a list without any adds nothing. */
export const addedCapabilities: Fix = (subject) => {
  const added = propertyAt(subject.container, 'LinuxParameters', 'Capabilities', 'Add');
  if (added === undefined) return null;
  const judged = subject.value.parent === added ? subject.value : added;
  const names = judged.kind === 'list' ? judged.value : [judged];
  const isUseless = names.length === 0 || (isForFargateOnly(subject) && !names.some(isAllowedOnFargate));
  return { changes: [removal(judged, subject)], doubt: isUseless ? null : MAY_BE_NEEDED };
};

function isAllowedOnFargate({ value }: Value): boolean {
  return /^(?:CAP_)?SYS_PTRACE$/i.test(String(value));
}
