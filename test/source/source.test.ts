import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Source } from '../../src/source/source.ts';

function positions(text: string, ...offsets: number[]): string[] {
  const source = new Source('x', text);
  return offsets.map((offset) => {
    const { line, column } = source.position(offset);
    return `${line}:${column}`;
  });
}

test('lines and columns count from 1', () => {
  assert.deepEqual(positions('ab\nc', 0, 1, 2, 3), ['1:1', '1:2', '1:3', '2:1']);
});

test('a character of two units is one column, whichever half the offset names', () => {
  assert.deepEqual(positions('a😀b\n😀c', 1, 2, 3, 7, 8), ['1:2', '1:3', '1:3', '2:2', '2:3']);
});

test('offsets outside of the text answer as its ends do', () => {
  assert.deepEqual(positions('ab\nc', -1, 4, 99), ['1:1', '2:2', '2:2']);
  assert.deepEqual(positions('', 0, 5), ['1:1', '1:1']);
});

test('positions on one long line do not read the line again and again', () => {
  const line = '{"key":"value"},'.repeat(1000);
  let reads = 0;
  class Counted extends String {
    override charCodeAt(at: number): number {
      reads++;
      return super.charCodeAt(at);
    }
    override matchAll(pattern: RegExp): RegExpStringIterator<RegExpExecArray> {
      reads += this.length;
      return super.matchAll(pattern);
    }
  }
  const source = new Source('x', new Counted(line) as string);
  for (let at = 0; at < line.length; at += 16) assert.equal(source.position(at).column, at + 1);
  assert.ok(reads <= line.length, `${reads} characters were read for ${line.length}`);
});

test('a text that is read when somebody asks is read once, and not before', () => {
  let reads = 0;
  const source = new Source('x', () => {
    reads++;
    return 'ab\nc';
  });
  assert.equal(reads, 0);
  assert.deepEqual(source.position(3), { line: 2, column: 1 });
  assert.equal(source.text, 'ab\nc');
  assert.equal(reads, 1);
});
