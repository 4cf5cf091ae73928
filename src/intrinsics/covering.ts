import type { Option, Variable } from './variables.ts';

export interface Covering {
  readonly assignments: readonly ReadonlyMap<Variable, Option>[];
  /** All combinations of the options of so many variables occur in one assignment or another. */
  readonly together: 1 | 2 | 3;
}

/** In so many rows, any three yes-or-no answers nearly always occur in all eight combinations. */
const ROWS = 128;
/** Fewer answers need fewer rows. */
const FEWEST_ROWS = 16;
/** From here on it would take too long to look at all combinations of three. */
const MOST_FOR_TRIPLES = 64;

/** The index of an option for each variable, in their order. */
type Row = number[];
type Pair = readonly (readonly [variable: number, option: number])[];

/**
 * Chooses assignments in which all combinations of the options of two variables occur, and of three if these are few
 * enough. The same variables always give the same assignments.
 *
 * @param limit the most assignments
 */
export function coveringAssignments(
  variables: ReadonlyMap<Variable, readonly Option[]>,
  limit: number,
): Covering {
  const names = [...variables.keys()];
  const options = [...variables.values()];
  const sizes = options.map(({ length }) => length);
  const assigned = (rows: readonly Row[]) =>
    rows.map((row) => new Map(names.map((name, at) => [name, options[at]![row[at]!]!] as const)));
  const hasTriples = (rows: readonly Row[]) => sizes.length <= MOST_FOR_TRIPLES && !lacksTriple(sizes, rows);
  const most = Math.min(ROWS, limit);
  for (let count = FEWEST_ROWS; count < most; count *= 2) {
    const rows = scatteredRows(count, sizes);
    if (missingPairs(sizes, rows).length === 0 && hasTriples(rows))
      return { assignments: assigned(rows), together: 3 };
  }
  const chosen = scatteredRows(most, sizes);
  const { rows, isComplete } = rowsWith(missingPairs(sizes, chosen), sizes.length, limit - most);
  const all = [...chosen, ...rows];
  return { assignments: assigned(all), together: isComplete ? (hasTriples(all) ? 3 : 2) : 1 };
}

/** Rows that look random, of which the first ones are the same for any count. */
function scatteredRows(count: number, sizes: readonly number[]): Row[] {
  return Array.from({ length: count }, (_, row) =>
    sizes.map((size, variable) => scattered(row, variable) % size),
  );
}

/** A number that two others always give and that shows no pattern: the finalizer of MurmurHash3. */
export function scattered(row: number, variable: number): number {
  let mixed = Math.imul(row + 1, 0x9e3779b1) ^ Math.imul(variable + 1, 0x85ebca77);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function missingPairs(sizes: readonly number[], rows: readonly Row[]): Pair[] {
  const missing: Pair[] = [];
  for (let second = 1; second < sizes.length; second++)
    for (let first = 0; first < second; first++) {
      const seen = new Set(rows.map((row) => row[first]! * sizes[second]! + row[second]!));
      if (seen.size === sizes[first]! * sizes[second]!) continue;
      for (let one = 0; one < sizes[first]!; one++)
        for (let other = 0; other < sizes[second]!; other++)
          if (!seen.has(one * sizes[second]! + other))
            missing.push([
              [first, one],
              [second, other],
            ]);
    }
  return missing;
}

/** Puts pairs together into as few rows as come about by the way; what a row leaves open is the first option. */
function rowsWith(
  pairs: readonly Pair[],
  width: number,
  limit: number,
): { rows: Row[]; isComplete: boolean } {
  const rows: Row[] = [];
  let open = pairs;
  while (open.length > 0 && rows.length < limit) {
    const row: (number | undefined)[] = new Array(width).fill(undefined);
    open = open.filter((pair) => {
      const fits = pair.every(([variable, option]) => (row[variable] ?? option) === option);
      if (fits) for (const [variable, option] of pair) row[variable] = option;
      return !fits;
    });
    rows.push(row.map((option) => option ?? 0));
  }
  return { rows, isComplete: open.length === 0 };
}

/** Whether some combination of three options is in no row. */
function lacksTriple(sizes: readonly number[], rows: readonly Row[]): boolean {
  const rowsOf = sizes.map((size, variable) =>
    Array.from({ length: size }, (_, option) => rowSet(rows.map((row) => row[variable] === option))),
  );
  for (let third = 2; third < sizes.length; third++)
    for (let second = 1; second < third; second++)
      for (const pair of combined(rowsOf[second]!, rowsOf[third]!))
        for (let first = 0; first < second; first++)
          if (rowsOf[first]!.some((set) => !intersects(set, pair))) return true;
  return false;
}

/** A set of rows as bits. */
type RowSet = Uint32Array;

function rowSet(members: readonly boolean[]): RowSet {
  const set = new Uint32Array(Math.ceil(members.length / 32));
  for (const [at, isMember] of members.entries()) if (isMember) set[at >> 5]! |= 1 << (at & 31);
  return set;
}

function combined(left: readonly RowSet[], right: readonly RowSet[]): RowSet[] {
  return left.flatMap((one) => right.map((other) => one.map((bits, at) => bits & other[at]!)));
}

function intersects(left: RowSet, right: RowSet): boolean {
  for (let at = 0; at < left.length; at++) if ((left[at]! & right[at]!) !== 0) return true;
  return false;
}
