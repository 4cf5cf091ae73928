/**
 * Why a text is not YAML, in the words of libyaml, since the native tool prints those for some inputs.
 * Offsets are UTF-16 offsets into the text that was read.
 */
export class YamlSyntaxError extends Error {
  override readonly name = 'YamlSyntaxError';
  /** What is wrong, as a fragment: `did not find expected key`. */
  readonly problem: string;
  readonly problemAt: number;
  /** What was being read: `while parsing a block mapping`; empty when that says nothing. */
  readonly context: string;
  /** Where the thing being read began; -1 without a context. */
  readonly contextAt: number;

  constructor(problem: string, problemAt: number, context = '', contextAt = -1) {
    super(problem);
    this.problem = problem;
    this.problemAt = problemAt;
    this.context = context;
    this.contextAt = contextAt;
  }
}
