import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it, test } from 'node:test';
import { expandMatches } from '../../src/language/pattern/expand.ts';
import { PatternLimitError } from '../../src/language/pattern/limit.ts';
import { compilePattern } from '../../src/language/pattern.ts';
import { nativeGuard, nativeVerdicts } from '../support/native.ts';

function matches(pattern: string, subject: string): boolean {
  const compiled = compilePattern(pattern);
  assert.ok(compiled, `/${pattern}/ was rejected`);
  return compiled.test(subject);
}

/** Pattern, a subject it matches, a subject it does not match. */
const MATCHING: readonly (readonly [pattern: string, yes: string, no: string])[] = [
  ['bc', 'abcd', 'acb'],
  ['^ab$', 'ab', 'ab\n'],
  ['(?m)^ab$', 'x\nab', 'x\rab'],
  ['a.c', 'a\u2028c', 'a\nc'],
  ['(?s)a.c', 'a\nc', 'ac'],
  ['^t3\\..+?$', 't3.\u2028\r', 't3.'],
  ['^t3:.*$', 't3:', 't3:\n'],
  ['^a.+', 'a\r', 'a\nb'],
  ['(?i:A)b', 'ab', 'aB'],
  ['(?i)k', '\u212a', 'x'],
  ['(a(?i)b)c', 'aBC', 'ABC'],
  ['(?x) a b # c', 'ab', 'a b'],
  ['^\\d$', '٣', 'a'],
  ['^\\w$', 'é', '-'],
  ['^\\W$', '-', 'é'],
  ['^\\s$', '\u00a0', '_'],
  ['^[\\W\\d]+$', '-1', 'a'],
  ['é\\b', 'é', 'éa'],
  ['\\<a', 'b a', 'ba'],
  ['^[]a]$', ']', 'b'],
  ['^[a-z&&[^b]]$', 'a', 'b'],
  ['^[a-z--[aeiou]]$', 'b', 'a'],
  ['^[ab~~bc]$', 'a', 'b'],
  ['^[[:alpha:]]$', 'A', 'é'],
  ['^[[:^digit:]]$', 'a', '1'],
  ['(?i)^[^k]$', 'x', '\u212a'],
  ['(?i)^\\P{Lu}$', '1', 'a'],
  ['^\\p{Greek}$', 'α', 'a'],
  ['^\\pN$', '1', 'a'],
  ['^\\x{e9}\\u00e9\\U000000e9\\x41$', 'éééA', 'éééB'],
  ['a{,2}b$', 'aab', 'aa'],
  ['^a{x$', 'a{x', 'a'],
  ['^a{2}{3}$', 'aa{3}', 'aaaaaa'],
  ['(?U)^(a+)b?$', 'aab', 'ba'],
  ['(?P<q>a)(?P=q)', 'aa', 'ab'],
  ['^(a|ab)\\1$', 'abab', 'aba'],
  ['(?<=a|bc)d', 'bcd', 'cd'],
  ['(?<!a|bc)d', 'cd', 'bcd'],
  ['^(?!.*secret).*$', 'plain', 'a secret'],
  ['(?>a+)b', 'aab', 'aac'],
  ['a\\Kb', 'ab', 'b'],
  ['\\Ga', 'ab', 'ba'],
  ['^(a)?(?(1)b|c)$', 'ab', 'ac'],
  ['^\\h+\\H$', '0aFg', '0aF'],
];

describe('a pattern', () => {
  for (const [pattern, yes, no] of MATCHING) {
    it(`/${pattern}/ tells ${JSON.stringify(yes)} from ${JSON.stringify(no)}`, () => {
      assert.equal(matches(pattern, yes), true);
      assert.equal(matches(pattern, no), false);
    });
  }

  for (const pattern of [
    'a)',
    '(a',
    '*a',
    'a**',
    'a\\Z',
    '\\i',
    '\\07',
    '[a',
    '[a-\\d]',
    'a{3,1}',
    '(?<=a+)b',
    '\\b{start}',
    '(?i)*',
    '\\p{Klingon}',
    '(?<n>a)\\1',
    '\\k<n>',
    '(?z)',
    '\\x4',
    '\\u{d800}',
    '\\',
    '^*',
    '[z-a]',
    '\\w{210}',
  ]) {
    it(`/${pattern}/ is rejected`, () => assert.equal(compilePattern(pattern), undefined));
  }

  it('that repeats ambiguously takes linear time', () => {
    assert.equal(matches('^(a|a)*$', `${'a'.repeat(5000)}b`), false);
    assert.equal(matches('^(([a-z])+.)+[A-Z]([a-z])+$', 'a'.repeat(5000)), false);
    assert.equal(matches('(x+x+)+y', 'x'.repeat(5000)), false);
    assert.equal(matches('\\s+$', `${' '.repeat(50_000)}x`), false);
  });

  it('that needs backtracking gives up as the native engine does', () => {
    assert.throws(() => matches('^(?=a)(a|a)*$', `${'a'.repeat(40)}b`), PatternLimitError);
  });
});

describe('a replacement', () => {
  it('is expanded for each match, and nothing else stays', () => {
    assert.equal(expandMatches('(\\d)(\\d)', 'a12b34c', '$2$1;', 100), '21;43;');
  });

  it('takes the longest name, unless braces end it', () => {
    assert.equal(expandMatches('(?<n>a)', 'a', '[$nx][${n}x][$1][$$][$9]', 100), '[][ax][a][$][]');
  });

  it('has the groups of the last repetition that took part', () => {
    assert.equal(expandMatches('(?:(a)|b)*', 'ab', '<$1>', 100), '<a>');
  });
});

/** What native Guard 3.2.0 says about patterns that were made at random. */
interface Recorded {
  readonly subjects: readonly string[];
  readonly rejected: readonly string[];
  readonly accepted: readonly {
    readonly pattern: string;
    /** Those of the subjects that it matches. */
    readonly matches: readonly string[];
    /** A text, and what replacing the matches by `<$1$n>` makes of it. */
    readonly replaced?: readonly [text: string, result: string];
  }[];
}

const recorded = JSON.parse(
  readFileSync(new URL('../../fixtures/patterns.json', import.meta.url), 'utf8'),
) as Recorded;

describe('a random pattern', () => {
  for (const pattern of recorded.rejected)
    it(`/${pattern}/ is rejected`, () => assert.equal(compilePattern(pattern), undefined));

  for (const { pattern, matches: expected, replaced } of recorded.accepted)
    it(`/${pattern}/ matches and replaces what it does in the native tool`, () => {
      assert.deepEqual(
        recorded.subjects.filter((subject) => matches(pattern, subject)),
        expected,
      );
      if (replaced !== undefined)
        assert.equal(expandMatches(pattern, replaced[0], '<$1$n>', Infinity), replaced[1]);
    });
});

const native = nativeGuard();

test('patterns agree with the native tool', { skip: native.path === undefined && native.reason }, () => {
  assertAgreement(
    MATCHING.map(([pattern]) => pattern),
    [...new Set(MATCHING.flatMap(([, yes, no]) => [yes, no]))],
  );
  assertAgreement(
    recorded.accepted.map(({ pattern }) => pattern),
    recorded.subjects,
  );
});

function assertAgreement(patterns: readonly string[], subjects: readonly string[]): void {
  const clauses = patterns.flatMap((pattern, row) =>
    subjects.map(
      (_, column) => `rule r_${row}_${column} { s${column} == /${pattern.replaceAll('/', '\\/')}/ }`,
    ),
  );
  const data = JSON.stringify(Object.fromEntries(subjects.map((subject, column) => [`s${column}`, subject])));
  const verdicts = nativeVerdicts(native.path!, clauses.join('\n'), data);
  assert.ok(verdicts, 'the native tool could not judge');
  for (const [row, pattern] of patterns.entries()) {
    for (const [column, subject] of subjects.entries()) {
      const verdict = verdicts.get(`r_${row}_${column}`);
      assert.equal(
        matches(pattern, subject) ? 'PASS' : 'FAIL',
        verdict,
        `/${pattern}/ on ${JSON.stringify(subject)}`,
      );
    }
  }
}
