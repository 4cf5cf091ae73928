/**
 * What kind of trouble a diagnostic tells of. A diagnostic is a file (or option) that cannot be used;
 * a failing check is a result, and anything else is a bug.
 */
export type DiagnosticCode =
  | 'rules-syntax'
  | 'rules-evaluation'
  | 'rules-unreadable'
  | 'template-syntax'
  | 'template-encoding'
  | 'template-unreadable'
  | 'template-empty'
  | 'template-too-large'
  | 'usage'
  | 'configuration'
  | 'git';

/** One sentence about a file the user can act on. Rendering (colour, caret, path style) happens elsewhere. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  /** File the trouble is in, as the user knows it; absent for trouble with no file, such as a bad option. */
  readonly file?: string;
  /** 1-based line. */
  readonly line?: number;
  /** 1-based column in characters. */
  readonly column?: number;
  /** What is wrong: one sentence, no trailing full stop, names from the user's files in backticks. */
  readonly message: string;
  /** What to do about it. */
  readonly help?: string;
}

/** Carries a {@link Diagnostic} up to the place that collects them. */
export class DiagnosticError extends Error {
  override readonly name = 'DiagnosticError';
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
  }
}

/**
 * The diagnostic that an error carries, if it does. Where an error may come out of another bundle, this has to be asked:
 * that bundle has a copy of the class of its own.
 */
export function diagnosticOf(error: unknown): Diagnostic | undefined {
  return error instanceof Error && error.name === 'DiagnosticError'
    ? (error as DiagnosticError).diagnostic
    : undefined;
}
