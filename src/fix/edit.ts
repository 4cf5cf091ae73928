/** Puts `text` in the place of the half-open range of UTF-16 offsets. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Applies edits that do not overlap, in any order; those at one place are put there in theirs. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

/** Where an offset has moved to by the edits; one inside of replaced text goes to its start. */
export function movedBy(edits: readonly TextEdit[], offset: number): number {
  let moved = offset;
  for (const { start, end, text } of edits) {
    if (end <= offset && start < offset) moved += text.length - (end - start);
    else if (start < offset) moved -= offset - start;
  }
  return moved;
}
