import type { Rule } from '../language/ast.ts';

/** Families of evaluation errors, named as the native tool's error prefixes tell them apart. */
const PREFIX = {
  parse: 'Parser Error when parsing',
  missing: 'There was no variable or value object to resolve. Error =',
  incompatible: 'Types or variable assignments are incompatible',
  incomparable: "Comparing incoming context with literals or dynamic results wasn't possible",
  conflict: 'Conflicting rule or variable assignments inside the same scope',
} as const;

/** Families whose detail is the text of another library, or a whole message, and stands without back-ticks. */
const FOREIGN_PREFIX = {
  regex: 'Regex expression parse error for rules file ',
  yaml: 'Error parsing incoming YAML context ',
  data: '',
} as const;

/**
 * A rule that cannot be judged on this data: an unknown variable, `empty` on a number, a string that is no date.
 * It ends the evaluation of the whole rule file; it is neither PASS nor FAIL. `message` is the native tool's text.
 */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';
  /** The rule of the file that was being judged; undefined before that is known. */
  rule: Rule | undefined;

  constructor(family: keyof typeof PREFIX | keyof typeof FOREIGN_PREFIX, detail: string) {
    super(isForeign(family) ? `${FOREIGN_PREFIX[family]}${detail}` : `${PREFIX[family]} \`${detail}\``);
  }
}

function isForeign(family: string): family is keyof typeof FOREIGN_PREFIX {
  return Object.hasOwn(FOREIGN_PREFIX, family);
}
