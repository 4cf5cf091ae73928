/**
 * Something that a format of the native tool has no way to say. The native tool crashes there; here the run ends with
 * this sentence instead. `printed` is what the report had said before.
 */
export class ReportError extends Error {
  override readonly name = 'ReportError';
  readonly printed: string;

  constructor(message: string, printed = '') {
    super(message);
    this.printed = printed;
  }
}
