import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A conformance case, as far as the language needs it. */
export interface Vector {
  readonly file: string;
  readonly name: string;
  readonly rules: string;
  readonly expect_error?: 'parse-rules' | 'parse-data' | 'evaluate';
}

/** A text, and where and how native Guard 3.2.0 fails on it; it takes a text without these. */
export interface ParseError {
  readonly rules: string;
  readonly line?: number;
  readonly column?: number;
  readonly context?: string;
}

const PARSE_ERRORS = fileURLToPath(new URL('../../fixtures/parse-errors.json', import.meta.url));
const VECTORS = fileURLToPath(new URL('../../fixtures/conformance', import.meta.url));
const STORED_RULES = fileURLToPath(new URL('../../.cache/oracle/package/rules', import.meta.url));

export function vectors(): readonly Vector[] {
  return readdirSync(VECTORS).flatMap((file) => {
    const cases = JSON.parse(readFileSync(join(VECTORS, file), 'utf8')) as Omit<Vector, 'file'>[];
    return cases.map((vector) => ({ ...vector, file }));
  });
}

/** Damaged rule files of which each shows something about the parser that the others do not. */
export function parseErrors(): readonly ParseError[] {
  return JSON.parse(readFileSync(PARSE_ERRORS, 'utf8')) as ParseError[];
}

/**
 * The published Control Tower rules that come with the native tool: from the folder in `CFN_GUARD_RULES`, or from
 * where `scripts/oracle.ts` stored them. Empty when there are none.
 */
export function controlTowerRules(): readonly { readonly path: string; readonly text: string }[] {
  const folder = process.env.CFN_GUARD_RULES ?? STORED_RULES;
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.guard'))
    .sort()
    .map((path) => join(folder, path))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}
