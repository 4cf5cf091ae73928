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
  [/(?<=return )(?!true;|false;|undefined;|null;)[^;{}]+(?=;\n)/y, 'undefined'],
  [/\.some\(/y, '.every('],
  [/\.every\(/y, '.some('],
  [/(?<=[ ([])0(?=[;,)\] ])/y, '1'],
  [/(?<=[ ([])1(?=[;,)\] ])/y, '2'],
  [/(?<=\w\()(\w+), (?!\1\))(\w+)(?=\))/y, '$2, $1'],
  [/\bcontinue;/y, ';'],
  [/\bbreak;(?=\n)/y, ';'],
  [
    /(?<=[;{})]\n +)(?!return|throw|break|continue|case|default|const|let|super)[\w#][\w.#]*\([^;{}\n]*\);$/my,
    ';',
  ],
  [/(?<=[;{})]\n +)[\w.#![\]]+ (?:\+|-|\*|&&|\|\||\?\?)?= [^;{}]+;$/my, ';'],
  [/(?<=[;{})]\n +)[\w.#]+(?:\+\+|--);$/my, ';'],
];

/** Forced both ways. */
const CONDITION = /(?<=\bif \()(?:[^()\n]|\((?:[^()\n]|\((?:[^()\n]|\([^()\n]*\))*\))*\))+(?=\))/y;

const COMMENT = /\/\/.*|\/\*[\s\S]*?\*\//y;

/** Made empty. */
const TEXT = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/y;

/** Made to match nothing, and freed of an anchor at either end. */
const PATTERN = /(?<=(?:[=(,:!&|?[]|return) ?)\/((?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([a-z]*)/y;

/** Declarations that leave no code behind. */
const DECLARATION =
  /^(?:export )?(?:interface|type|declare|import|export \{|export type|export \*)\b[\s\S]*?(?:^\}.*|;$)/my;

/** All mutants of a TypeScript source, in the order of their places. Some may change nothing but types. */
export function mutantsOf(source: string): Mutant[] {
  const mutants: Mutant[] = [];
  for (let at = 0; at < source.length; ) {
    const skipped = matchAt(DECLARATION, source, at) ?? matchAt(COMMENT, source, at);
    const literal = matchAt(TEXT, source, at) ?? matchAt(PATTERN, source, at);
    if (skipped !== undefined) at += skipped[0].length;
    else if (literal !== undefined) {
      mutants.push(...literalMutants(literal));
      at += literal[0].length;
    } else {
      mutants.push(...codeMutants(source, at));
      at++;
    }
  }
  return mutants;
}

function literalMutants({ 0: original, 1: pattern, 2: flags, index: at }: RegExpExecArray): Mutant[] {
  const replacements =
    pattern === undefined
      ? ["''"]
      : ['(?!)', pattern.replace(/^\^/, ''), pattern.replace(/(?<!\\)\$$/, '')].map(
          (each) => `/${each}/${flags}`,
        );
  return replacements
    .filter((replacement) => replacement !== original && original !== '""')
    .map((replacement) => ({ at, original, replacement }));
}

function codeMutants(source: string, at: number): Mutant[] {
  const mutants: Mutant[] = [];
  for (const [pattern, replacement] of OPERATORS) {
    const match = matchAt(pattern, source, at);
    if (match === undefined) continue;
    const swapped = replacement.replace(/\$(\d)/g, (_, group) => match[Number(group)]!);
    mutants.push({ at, original: match[0], replacement: swapped });
  }
  const condition = matchAt(CONDITION, source, at)?.[0];
  for (const replacement of condition === undefined ? [] : ['true', 'false'])
    mutants.push({ at, original: condition!, replacement });
  return mutants;
}

/** The source with one change. */
export function mutate(source: string, { at, original, replacement }: Mutant): string {
  return source.slice(0, at) + replacement + source.slice(at + original.length);
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  return match === null || match[0] === '' ? undefined : match;
}
