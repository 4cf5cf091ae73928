import type { MapValue } from '../../value/value.ts';
import type { Change } from '../change.ts';
import type { Fix } from '../remedy.ts';
import { lineageOf, property, propertyAt, type Subject } from '../subject.ts';

const BUFFER = '25m';

/**
 * Non-blocking delivery with room for bursts. A buffer that is there stays, unless the mode is right already, so that the
 * buffer is what the rule objects to.
 */
export const nonBlockingLogs: Fix = (subject) => {
  const options = optionsOf(subject);
  if (options === undefined) return null;
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

/** The options of awslogs. A sidecar that logs elsewhere, or not at all, has none to complete. */
function optionsOf({ value, container }: Subject): MapValue | undefined {
  const judged = value.key === 'mode' || value.key === 'max-buffer-size' ? value.parent : null;
  const options = judged ?? propertyAt(container, 'LogConfiguration', 'Options');
  if (options?.kind !== 'map') return undefined;
  const configuration = lineageOf(options).find((around) => property(around, 'LogDriver') !== undefined);
  return property(configuration, 'LogDriver')?.value === 'awslogs' ? options : undefined;
}

/** A buffer is refused in blocking mode, and whether that is the mode without one depends on the account. */
export const modeForBuffer: Fix = ({ value }) => {
  const { parent, key } = value;
  if (parent?.kind !== 'map' || key !== 'max-buffer-size') return null;
  return { changes: [{ kind: 'set', map: parent, key: 'mode', to: 'non-blocking' }], doubt: null };
};
