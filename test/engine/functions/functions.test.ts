import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EvaluationError } from '../../../src/engine/evaluation-error.ts';
import { callFunction } from '../../../src/engine/functions/index.ts';
import { STANDARD_LIMITS } from '../../../src/source/limits.ts';
import { displayForm } from '../../../src/value/display.ts';
import { detachedValue, type Value } from '../../../src/value/value.ts';

const string = (text: string): Value => detachedValue('string', text);
const int = (value: number | bigint): Value => detachedValue('int', value);
const float = (value: number): Value => detachedValue('float', value);

function call(name: string, ...args: Value[][]): string[] {
  return callFunction(name, args, { now: () => 1_704_164_645_999, limits: STANDARD_LIMITS }).map(displayForm);
}

function fails(message: string, name: string, ...args: Value[][]): void {
  assert.throws(
    () => call(name, ...args),
    (error) => error instanceof EvaluationError && error.message === message,
  );
}

test('count counts results, not elements', () => {
  assert.deepEqual(call('count', [detachedValue('list', [int(1), int(2)])]), ['1']);
  assert.deepEqual(call('count', []), ['0']);
});

test('join needs strings', () => {
  assert.deepEqual(call('join', [string('a'), string('b')], [string(',')]), ['"a,b"']);
  fails(
    'Types or variable assignments are incompatible `Joining non string values Path=[L:0,C:0] Value=1`',
    'join',
    [int(1)],
    [string(',')],
  );
  fails(
    'Parser Error when parsing `join function requires the second argument to be either a char or string`',
    'join',
    [string('a')],
    [int(1)],
  );
});

test('letter case is that of Unicode', () => {
  assert.deepEqual(call('to_upper', [string('straße'), int(1)]), ['"STRASSE"']);
  assert.deepEqual(call('to_lower', [string('ÄB')]), ['"äb"']);
});

test('substring counts UTF-8 bytes and leaves out what is too short', () => {
  assert.deepEqual(call('substring', [string('äbc'), string('a')], [int(2)], [int(4)]), ['"bc"']);
  assert.deepEqual(call('substring', [string('abc')], [float(0.9)], [int(65538)]), ['"ab"']);
  for (const [from, to] of [
    [0, 1],
    [1, 3],
  ] as const)
    fails(
      `Parser Error when parsing \`substring ${from} to ${to} cuts a character of "äbc"\``,
      'substring',
      [string('äbc')],
      [int(from)],
      [int(to)],
    );
  fails(
    'Parser Error when parsing `substring function requires the third argument to be a number`',
    'substring',
    [string('a')],
    [int(0)],
    [string('1')],
  );
});

test('regex_replace keeps only the expanded matches', () => {
  assert.deepEqual(
    call(
      'regex_replace',
      [string('arn:aws:s3'), string('x')],
      [string('^arn:(\\w+):(\\w+)$')],
      [string('${2}/$1')],
    ),
    ['"s3/aws"', '""'],
  );
  fails(
    'Regex expression parse error for rules file Parsing error at position 2: Opening parenthesis without closing parenthesis',
    'regex_replace',
    [string('a')],
    [string('(a')],
    [string('')],
  );
  fails(
    'Parser Error when parsing `regex_replace function requires the second argument to be a string`',
    'regex_replace',
    [string('a')],
    [int(1)],
    [string('')],
  );
});

test('url_decode leaves malformed escapes and drops what is no UTF-8', () => {
  assert.deepEqual(call('url_decode', [string('a%20b+%zz%'), string('%ff'), string('%C3%A9')]), [
    '"a b+%zz%"',
    '"é"',
  ]);
});

test('numbers are converted as Rust does', () => {
  assert.deepEqual(
    call('parse_int', [string('+017'), float(-2.9), float(1e300), detachedValue('bool', true)]),
    ['17', '-2', '9223372036854775807'],
  );
  assert.deepEqual(call('parse_float', [string('1e3'), string('-inf'), string('.5'), int(2)]), [
    '1000',
    '-inf',
    '0.5',
    '2',
  ]);
  assert.deepEqual(call('parse_string', [float(2), int(-1), detachedValue('bool', true)]), [
    '"2"',
    '"-1"',
    '"true"',
  ]);
  fails(
    'Parser Error when parsing `failed to convert a string: 1_0 into an integer at [L:0,C:0]`',
    'parse_int',
    [string('1_0')],
  );
  fails(
    'Parser Error when parsing `failed to convert a string: 0x1 into a float at [L:0,C:0]`',
    'parse_float',
    [string('0x1')],
  );
});

test('booleans and characters', () => {
  const character = detachedValue('char', 'x');
  for (const [name, what] of [
    ['parse_int', 'an integer'],
    ['parse_float', 'a float'],
  ] as const)
    fails(`Parser Error when parsing \`failed to convert a character: x into ${what} at [L:0,C:0]\``, name, [
      character,
    ]);
  assert.deepEqual(call('parse_boolean', [string('TRUE'), int(1), string('False')]), ['true', 'false']);
  assert.deepEqual(call('parse_char', [string('a'), int(7), string(''), detachedValue('char', 'x')]), [
    "'a'",
    "'7'",
    '"x"',
  ]);
  fails(
    'Parser Error when parsing `failed to convert an string: ab into a char at [L:0,C:0]`',
    'parse_char',
    [string('ab')],
  );
  fails('Parser Error when parsing `failed to convert an int: 10 into a char at [L:0,C:0]`', 'parse_char', [
    int(10),
  ]);
});

test('now is the given clock in seconds', () => {
  assert.deepEqual(call('now'), ['1704164645']);
});

test('parse_epoch reads RFC 3339', () => {
  const texts = [
    '2024-01-02T03:04:05Z',
    '2024-01-02t03:04:05.999+01:00',
    '2024-01-02T03:04:60z',
    '0001-01-01T00:00:00Z',
  ];
  assert.deepEqual(call('parse_epoch', texts.map(string)), [
    '1704164645',
    '1704161045',
    '1704164699',
    '-62135596800',
  ]);
});

test('parse_epoch says what is wrong with a date', () => {
  const reasons = {
    '2024-01-02': 'premature end of input',
    '2024-01-02T03:04:05': 'premature end of input',
    '2024-02-30T00:00:00Z': 'input is out of range',
    '2024-01-02T24:00:00Z': 'input is out of range',
    '2024/01/02T00:00:00Z': 'input contains invalid characters',
    '2024-01-02T00:00:00Zx': 'trailing input',
    '2024-01-02T00:00:00+24:00': 'input is out of range',
  };
  for (const [text, reason] of Object.entries(reasons)) {
    fails(
      `Parser Error when parsing \`Failed to parse datetime: ${text} at [L:0,C:0]: ${reason}\``,
      'parse_epoch',
      [string(text)],
    );
  }
});
