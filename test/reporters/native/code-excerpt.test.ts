import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CodeExcerpts } from '../../../src/reporters/native/code-excerpt.ts';

const TEXT = Array.from({ length: 20 }, (_, at) => `line ${at + 1}`).join('\n');

function numbers(excerpts: CodeExcerpts, line: number): string[] {
  return excerpts.around(line).map(({ number, text }) => `${number}:${text}`);
}

test('an excerpt shows six lines, the third of which stands before the value', () => {
  assert.deepEqual(numbers(new CodeExcerpts(TEXT), 7), [
    '5:line 5',
    '6:line 6',
    '7:line 7',
    '8:line 8',
    '9:line 9',
    '10:line 10',
  ]);
});

test('a value on the first two lines has no excerpt, and uses the file up', () => {
  const excerpts = new CodeExcerpts(TEXT);
  assert.deepEqual(numbers(excerpts, 1), []);
  assert.deepEqual(numbers(excerpts, 17), [
    '15:line 15',
    '16:line 16',
    '17:line 17',
    '18:line 18',
    '19:line 19',
    '20:line 20',
  ]);
});

test('an excerpt at the end of the file is shorter', () => {
  assert.deepEqual(numbers(new CodeExcerpts(TEXT), 20), ['18:line 18', '19:line 19', '20:line 20']);
});

test('behind a seek backward, later lines get numbers that are too low', () => {
  const excerpts = new CodeExcerpts(TEXT);
  numbers(excerpts, 10);
  numbers(excerpts, 3);
  assert.deepEqual(numbers(excerpts, 16), [
    '7:line 14',
    '8:line 15',
    '9:line 16',
    '10:line 17',
    '11:line 18',
  ]);
});

test('carriage returns before line feeds and a final line break are no part of the lines', () => {
  assert.deepEqual(numbers(new CodeExcerpts('a\r\n\r\nb\r\n'), 2), ['1:a', '2:', '3:b']);
});
