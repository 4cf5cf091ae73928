import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventRecord } from '../../src/engine/record.ts';
import { reasonText } from '../../src/report/reason.ts';
import { traceOf } from '../support/judge.ts';

/** Why the walks of a rule could not go on. */
function reasons({ event, children }: EventRecord): string[] {
  const own =
    event.kind === 'check' && event.check.kind === 'unary' && event.check.value.kind === 'unresolved'
      ? [reasonText(event.check.value)]
      : [];
  return [...own, ...children.flatMap(reasons)];
}

test('a key in a variable that is missing is told by the place of the map', () => {
  assert.deepEqual(
    reasons(traceOf('rule r { let k = names[*]\n conf.%k exists }', 'names: [a, gone]\nconf: {a: 1}')),
    ['Could not locate key = gone inside struct at path = /conf[L:1,C:6]'],
  );
});
