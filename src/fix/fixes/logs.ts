import type { Change } from '../change.ts';
import type { Fix } from '../remedy.ts';
import { propertyAt } from '../subject.ts';

const BUFFER = '25m';

/**
 * Non-blocking delivery with room for bursts. A buffer that is there stays, unless the mode is right already, so that the
 * buffer is what the rule objects to.
 */
export const nonBlockingLogs: Fix = ({ container }) => {
  const driver = propertyAt(container, 'LogConfiguration', 'LogDriver');
  const options = propertyAt(container, 'LogConfiguration', 'Options');
  // A sidecar that logs elsewhere, or not at all, has no options to complete.
  if (driver?.value !== 'awslogs' || options?.kind !== 'map') return null;
  const changes: Change[] = [];
  const isNonBlocking = options.value.get('mode')?.value === 'non-blocking';
  const buffer = options.value.get('max-buffer-size');
  if (!isNonBlocking) changes.push({ kind: 'set', map: options, key: 'mode', to: 'non-blocking' });
  if (buffer === undefined || isNonBlocking)
    changes.push({ kind: 'set', map: options, key: 'max-buffer-size', to: BUFFER });
  return {
    changes,
    doubt: buffer !== undefined && isNonBlocking ? 'the size of the buffer was chosen by somebody' : null,
  };
};
