import type { Pattern } from '../value/value.ts';

/**
 * Compiles a Guard regular expression (the syntax of Rust's fancy-regex 0.13).
 *
 * @param text pattern between the slashes, with `\/` already turned into `/`
 * @returns the pattern, or undefined when the native engine rejects it
 */
export function compilePattern(text: string): Pattern | undefined {
  try {
    const regex = new RegExp(text, 'u');
    return { text, test: (subject) => regex.test(subject) };
  } catch {
    return undefined;
  }
}
