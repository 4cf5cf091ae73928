import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coveringAssignments } from '../../src/intrinsics/covering.ts';
import { type Option, openComparison, type Variable } from '../../src/intrinsics/variables.ts';

function variables(count: number, size = 2): Map<Variable, readonly Option[]> {
  return new Map(
    Array.from({ length: count }, (_, at) => {
      const options = Array.from(
        { length: size },
        (__, option): Option => ({ text: `${option}`, at: null, origin: 'mentioned' }),
      );
      return [openComparison(`v${at}`), options] as const;
    }),
  );
}

/** How many different combinations of so many of the first variables occur. */
function combinations(
  all: ReadonlyMap<Variable, unknown>,
  assignments: readonly ReadonlyMap<Variable, Option>[],
  picked: readonly number[],
): number {
  const names = [...all.keys()];
  return new Set(assignments.map((row) => picked.map((at) => row.get(names[at]!)?.text).join())).size;
}

test('any three of thirty answers occur in all eight combinations', () => {
  const all = variables(30);
  const { assignments, together } = coveringAssignments(all, 256);
  assert.equal(together, 3);
  for (let third = 2; third < 30; third++)
    for (let second = 1; second < third; second++)
      for (let first = 0; first < second; first++)
        assert.equal(combinations(all, assignments, [first, second, third]), 8);
});

test('any two of many answers with many options occur in all combinations', () => {
  const all = variables(8, 9);
  const { assignments, together } = coveringAssignments(all, 256);
  assert.equal(together, 2);
  for (let second = 1; second < 8; second++)
    for (let first = 0; first < second; first++)
      assert.equal(combinations(all, assignments, [first, second]), 81);
});

test('what the limit does not allow is not claimed', () => {
  const { assignments, together } = coveringAssignments(variables(4, 40), 100);
  assert.equal(assignments.length, 100);
  assert.equal(together, 1);
});

test('the same variables give the same assignments', () => {
  const all = variables(12);
  assert.deepEqual(coveringAssignments(all, 256), coveringAssignments(all, 256));
});
