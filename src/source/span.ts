/** A half-open range `[start, end)` of UTF-16 offsets into one {@link Source}. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
