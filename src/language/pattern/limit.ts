/**
 * A match that was given up because it takes too long. The native tool crashes at that point, so a rule whose pattern
 * does this cannot be judged.
 */
export class PatternLimitError extends Error {
  override readonly name = 'PatternLimitError';

  constructor(pattern: string, reason: string) {
    super(`The regular expression /${pattern}/ ${reason}`);
  }
}
