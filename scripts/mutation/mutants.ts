/** One small change to a source text that tests should notice. */
export interface Mutant {
  /** Offset of the text that is replaced. */
  readonly at: number;
  readonly original: string;
  readonly replacement: string;
}

/**
 * What is replaced by what, where it is code. Types have none of these texts, since the formatter puts blanks around
 * binary operators only.
 */
const OPERATORS: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/ === /y, ' !== '],
  [/ !== /y, ' === '],
  [/ && /y, ' || '],
  [/ \|\| /y, ' && '],
  [/ \?\? (?=\S)/y, ' && '],
  [/ < /y, ' <= '],
  [/ <= /y, ' < '],
  [/ > /y, ' >= '],
  [/ >= /y, ' > '],
  [/ \+ /y, ' - '],
  [/ - /y, ' + '],
  [/ \* /y, ' / '],
  [/(?<=[( ])!(?=[\w(])/y, ''],
  [/(?<=[-+=(,[?:] |[([])true\b(?!;)/y, 'false'],
  [/(?<=[-+=(,[?:] |[([])false\b(?!;)/y, 'true'],
  [/(?<=return )true\b/y, 'false'],
  [/(?<=return )false\b/y, 'true'],
  [/\.some\(/y, '.every('],
  [/\.every\(/y, '.some('],
  [/(?<=[ ([])0(?=[;,)\] ])/y, '1'],
  [/(?<=[ ([])1(?=[;,)\] ])/y, '2'],
  [/\bcontinue;/y, ';'],
  [/\bbreak;(?=\n)/y, ';'],
  [/(?<=^ +)(?!return|throw|break|continue|case|default|const|let|super)[\w.#]+\([^;{}]*\);$/my, ';'],
];

/** Everything that is no code: comments, texts and patterns. */
const SKIPPED =
  /\/\/.*|\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|(?<=[=(,:!&|?[] ?)\/(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;

/** Declarations that leave no code behind. */
const DECLARATION =
  /^(?:export )?(?:interface|type|declare|import|export \{|export type|export \*)\b[\s\S]*?(?:^\}|;$)/my;

/** All mutants of a TypeScript source, in the order of their places. */
export function mutantsOf(source: string): Mutant[] {
  const mutants: Mutant[] = [];
  for (let at = 0; at < source.length; ) {
    const skipped = matchAt(DECLARATION, source, at) ?? matchAt(SKIPPED, source, at);
    if (skipped !== undefined) {
      at += skipped.length;
      continue;
    }
    for (const [pattern, replacement] of OPERATORS) {
      const original = matchAt(pattern, source, at);
      if (original !== undefined) mutants.push({ at, original, replacement });
    }
    at++;
  }
  return mutants;
}

/** The source with one change. */
export function mutate(source: string, { at, original, replacement }: Mutant): string {
  return source.slice(0, at) + replacement + source.slice(at + original.length);
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  const [match] = pattern.exec(text) ?? [];
  return match === undefined || match === '' ? undefined : match;
}
