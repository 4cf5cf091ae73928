/** Lines of one text that stand in the place of lines of another one. */
export interface Hunk {
  /** Index of the first line that is not in the new text, and their number. */
  readonly at: number;
  readonly removed: number;
  /** Index of the first line that is not in the old text, and their number. */
  readonly to: number;
  readonly added: number;
}

/** The lines of a text with their line breaks. */
export function linesOf(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}

/** The smallest difference between two rows of lines, by the algorithm of Myers (An O(ND) Difference Algorithm, 1986). */
export function diffLines(before: readonly string[], after: readonly string[]): Hunk[] {
  const hunks: Hunk[] = [];
  for (const { at, to, kind } of pathOf(before, after)) {
    const last = hunks.at(-1);
    const removed = kind === 'remove' ? 1 : 0;
    const added = 1 - removed;
    if (last !== undefined && last.at + last.removed === at && last.to + last.added === to)
      hunks[hunks.length - 1] = { ...last, removed: last.removed + removed, added: last.added + added };
    else hunks.push({ at, removed, to, added });
  }
  return hunks;
}

interface Step {
  readonly kind: 'remove' | 'add';
  /** Lines of the old and the new text that stand before it. */
  readonly at: number;
  readonly to: number;
}

/** What makes the new text of the old one, in ascending order. */
function pathOf(before: readonly string[], after: readonly string[]): Step[] {
  // For each number of steps the furthest line of the old text that is reached on each diagonal.
  const rounds: Map<number, number>[] = [];
  let reach = new Map([[1, 0]]);
  for (let steps = 0; ; steps++) {
    rounds.push(reach);
    reach = new Map(reach);
    for (let diagonal = -steps; diagonal <= steps; diagonal += 2) {
      const down = comesFromAbove(rounds[steps]!, diagonal, steps);
      let at = down ? rounds[steps]!.get(diagonal + 1)! : rounds[steps]!.get(diagonal - 1)! + 1;
      while (at < before.length && at - diagonal < after.length && before[at] === after[at - diagonal]) at++;
      reach.set(diagonal, at);
      if (at >= before.length && at - diagonal >= after.length)
        return stepsBack(rounds, before.length, after.length);
    }
  }
}

function comesFromAbove(reach: ReadonlyMap<number, number>, diagonal: number, steps: number): boolean {
  if (diagonal === -steps) return true;
  if (diagonal === steps) return false;
  return reach.get(diagonal - 1)! < reach.get(diagonal + 1)!;
}

function stepsBack(rounds: readonly ReadonlyMap<number, number>[], oldEnd: number, newEnd: number): Step[] {
  const found: Step[] = [];
  let at = oldEnd;
  let to = newEnd;
  for (let steps = rounds.length - 1; steps > 0; steps--) {
    const reach = rounds[steps]!;
    const down = comesFromAbove(reach, at - to, steps);
    const diagonal = at - to + (down ? 1 : -1);
    at = reach.get(diagonal)!;
    to = at - diagonal;
    found.push({ kind: down ? 'add' : 'remove', at, to });
  }
  return found.reverse();
}
