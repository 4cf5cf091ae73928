import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { nativeParseError } from '../../src/language/native-parse-error.ts';
import { parseRules } from '../../src/language/parser.ts';
import { RulesSyntaxError } from '../../src/language/syntax-error.ts';
import { Source } from '../../src/source/source.ts';
import { nativeGuard } from '../support/native.ts';
import { Random } from '../support/random.ts';
import { controlTowerRules, parseErrors, vectors } from '../support/rule-texts.ts';
import { damage } from './mutants.ts';
import { NativeParser } from './native-parser.ts';

const guard = nativeGuard('3.2.0');
const skip = guard.path === undefined ? guard.reason : false;
const MUTANTS = Number(process.env.GUARD_MUTANTS ?? 1500);
const SEED = Number(process.env.GUARD_MUTANT_SEED ?? 20);

describe('Parse errors beside the native tool', { skip }, () => {
  const native = new NativeParser(guard.path ?? '');
  const texts = [...vectors().map(({ rules }) => rules), ...controlTowerRules().map(({ text }) => text)];

  test('sound rule texts are judged alike', () => {
    assert.deepEqual(differences(native, texts), []);
  });

  test('recorded parse errors are those of the native tool', () => {
    const recorded = parseErrors();
    const errors = native.errors(recorded.map(({ rules }) => rules));
    for (const [at, { rules, line, column, context }] of recorded.entries()) {
      const place = `at line ${line} at column ${column}, when handling ${context}, fragment `;
      const error = errors[at]?.replaceAll(native.fileName(at), 'r.guard');
      assert.equal(error?.includes(place) ?? line === undefined, true, rules);
    }
  });

  test(`${MUTANTS} damaged rule texts give the same verdict, place, context and fragment`, () => {
    const random = new Random(SEED);
    const pick = (limit: number) => random.below(limit);
    const damaged = Array.from({ length: MUTANTS }, () => damage(texts[pick(texts.length)] ?? '', pick));
    assert.deepEqual(differences(native, damaged), []);
  });
});

interface Difference {
  readonly text: string;
  readonly native: string | undefined;
  readonly ours: string | undefined;
}

/** Texts that this parser and the native one see differently. */
function differences(native: NativeParser, texts: readonly string[]): readonly Difference[] {
  const comparable = native.comparable(texts);
  const theirs = native.errors(comparable);
  return comparable
    .map((text, at) => ({ text, native: theirs[at], ours: ourError(text, native.fileName(at)) }))
    .filter((each) => each.native !== each.ours);
}

function ourError(text: string, name: string): string | undefined {
  try {
    parseRules(new Source(name, text));
    return undefined;
  } catch (error) {
    assert.ok(error instanceof RulesSyntaxError, `${error} for ${text}`);
    return nativeParseError(error, name);
  }
}
