/** A pattern that the native engine rejects. The message is the native engine's wherever that is one sentence. */
export class PatternSyntaxError extends Error {
  override readonly name = 'PatternSyntaxError';

  /** @param at offset of the trouble in the pattern; undefined when the native message has none */
  constructor(message: string, at?: number) {
    super(at === undefined ? message : `Parsing error at position ${at}: ${message}`);
  }
}

/** All that the native message says about a class, property or repeat that the linear engine rejects. */
export const UNUSABLE = 'Error compiling regex: Regex error: error parsing pattern 0';
