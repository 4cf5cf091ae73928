import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { applyEdits, movedBy, type TextEdit } from '../../src/fix/edit.ts';
import { diffLines, linesOf } from '../../src/fix/line-diff.ts';
import { unifiedDiff } from '../../src/fix/unified-diff.ts';
import { holds } from '../properties/property.ts';

/** The new lines, made of the old ones and the hunks. */
function patched(before: readonly string[], after: readonly string[]): string[] {
  const lines = [...before];
  for (const { at, removed, to, added } of diffLines(before, after).toReversed())
    lines.splice(at, removed, ...after.slice(to, to + added));
  return lines;
}

describe('diffLines', () => {
  it('finds the smallest difference', () => {
    const hunks = diffLines(['a', 'b', 'c', 'd'], ['x', 'b', 'd', 'e']);
    assert.deepEqual(hunks, [
      { at: 0, removed: 1, to: 0, added: 1 },
      { at: 2, removed: 1, to: 2, added: 0 },
      { at: 4, removed: 0, to: 3, added: 1 },
    ]);
  });

  it('makes any text of any other one', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 });
    return holds(2000, fc.tuple(lines, lines), ([before, after]) =>
      assert.deepEqual(patched(before, after), after),
    );
  });

  it('keeps line breaks, and a last line without one', () => {
    assert.deepEqual(linesOf('a\r\n\nb'), ['a\r\n', '\n', 'b']);
    assert.deepEqual(linesOf(''), []);
  });
});

describe('unifiedDiff', () => {
  it('is empty when nothing differs', () => assert.equal(unifiedDiff('a.yml', 'a\n', 'a\n'), ''));

  it('shows three lines around, and differences that are close to each other together', () => {
    const lines = Array.from({ length: 30 }, (_, at) => `${at}\n`);
    const after = lines.with(9, 'x\n').with(15, 'y\n').with(29, 'z');
    assert.equal(
      unifiedDiff('a.yml', lines.join(''), after.join('')),
      [
        '--- a/a.yml',
        '+++ b/a.yml',
        '@@ -7,13 +7,13 @@',
        ...[
          ' 6',
          ' 7',
          ' 8',
          '-9',
          '+x',
          ' 10',
          ' 11',
          ' 12',
          ' 13',
          ' 14',
          '-15',
          '+y',
          ' 16',
          ' 17',
          ' 18',
        ],
        '@@ -27,4 +27,4 @@',
        ...[' 26', ' 27', ' 28', '-29', '+z', '\\ No newline at end of file', ''],
      ].join('\n'),
    );
  });

  it('quotes names that git would quote', () => {
    assert.match(
      unifiedDiff('a\n"b".yml', '', 'x\n'),
      /^--- "a\/a\\n\\"b\\".yml"\n.*\n@@ -0,0 \+1,1 @@\n\+x\n$/,
    );
  });
});

describe('applyEdits', () => {
  const edits: TextEdit[] = [
    { start: 5, end: 6, text: '' },
    { start: 1, end: 1, text: 'xx' },
    { start: 3, end: 4, text: 'yy' },
  ];

  it('takes edits in any order', () => assert.equal(applyEdits('0123456', edits), '0xx12yy46'));

  it('tells where an offset has moved to', () => {
    assert.deepEqual(
      [0, 1, 2, 4, 6].map((offset) => movedBy(edits, offset)),
      [0, 1, 4, 7, 8],
    );
  });
});
