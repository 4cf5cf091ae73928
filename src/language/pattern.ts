import { remembering } from '../source/remembering.ts';
import type { Pattern } from '../value/value.ts';
import { createEngine } from './pattern/engine.ts';
import { parsePattern } from './pattern/parse.ts';
import { PatternSyntaxError } from './pattern/syntax-error.ts';

/**
 * Compiles a Guard regular expression (the syntax of Rust's fancy-regex 0.13). Whether it is valid is known at once;
 * what it takes to match is made at the first test.
 *
 * @param text pattern between the slashes, with `\/` already turned into `/`
 * @returns the pattern, or undefined when the native engine rejects it. Its `test` throws a `PatternLimitError` when a
 *   match has to be given up.
 */
export function compilePattern(text: string): Pattern | undefined {
  return compiled(text) ?? undefined;
}

/**
 * Rule files repeat each other's patterns: 237 published ones have 876 patterns, of which 207 differ. A pattern holds no
 * state of a match, so all of them can share it. Invalid ones are null.
 */
const compiled = remembering((text) => compileNew(text) ?? null);

function compileNew(text: string): Pattern | undefined {
  const plain = plainSource(text);
  if (plain !== undefined) return plainPattern(text, plain);
  try {
    const engine = createEngine(parsePattern(text), text);
    return { text, test: (subject) => engine.test(subject) };
  } catch (error) {
    if (error instanceof PatternSyntaxError) return undefined;
    throw error;
  }
}

/** Characters that are special in neither syntax, and escaped punctuation that both take literally. */
const LITERALS = String.raw`(?:[0-9A-Za-z _:,;=@%&'"!<>~-]|\\[\\^$.*+?()[\]{}|/])+`;
/** The anchors are those of the text, without a flag. */
const PLAIN = new RegExp(String.raw`^\^?${LITERALS}\$?$`);
/** Those that begin the text, and end with anything: most patterns of published rules that are not plain. */
const OPEN_ENDED = new RegExp(String.raw`^(\^${LITERALS})\.([*+]\??\$?)$`);

/**
 * The pattern in the words of JavaScript, where that takes no look at its meaning. At most the last character is repeated, in
 * one place of the subject, so matching is linear.
 */
function plainSource(text: string): string | undefined {
  if (PLAIN.test(text)) return text;
  const [, start, rest] = OPEN_ENDED.exec(text) ?? [];
  // For JavaScript a dot is not U+2028 or a carriage return either.
  return start === undefined ? undefined : `${start}[^\\n]${rest}`;
}

function plainPattern(text: string, source: string): Pattern {
  let regex: RegExp | undefined;
  return {
    text,
    test: (subject) => {
      regex ??= new RegExp(source, 'u');
      return regex.test(subject);
    },
  };
}
