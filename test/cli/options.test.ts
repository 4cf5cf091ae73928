import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeOptions, type OptionTable, parseOptions } from '../../src/cli/options.ts';
import { DiagnosticError } from '../../src/source/diagnostic.ts';

const TABLE = {
  rules: { kind: 'list', short: 'r', placeholder: 'FILE', help: 'rule files' },
  format: { kind: 'value', placeholder: 'NAME', choices: ['compact', 'json'], help: 'how' },
  quiet: { kind: 'flag', short: 'q', help: 'say less' },
} as const satisfies OptionTable;

function failure(...argv: string[]) {
  try {
    parseOptions(TABLE, argv);
  } catch (error) {
    assert.ok(error instanceof DiagnosticError);
    return [error.diagnostic.code, error.diagnostic.message, error.diagnostic.help];
  }
  return assert.fail('the options were accepted');
}

test('options may be written long, short, joined by `=` and between operands', () => {
  assert.deepEqual(parseOptions(TABLE, ['a', '--rules', 'x', '-r', 'y', '--format=json', 'b', '-q']), {
    options: { rules: ['x', 'y'], format: 'json', quiet: true },
    operands: ['a', 'b'],
  });
});

test('what is not given is false or undefined', () => {
  assert.deepEqual(parseOptions(TABLE, []), {
    options: { rules: undefined, format: undefined, quiet: false },
    operands: [],
  });
});

test('everything behind `--` is an operand, and so is a single dash', () => {
  assert.deepEqual(parseOptions(TABLE, ['-', '--', '-q', '--']).operands, ['-', '-q', '--']);
});

test('a value may look like an option or hold an equals sign', () => {
  assert.deepEqual(parseOptions(TABLE, ['--rules', '-q', '--rules=a=b']).options.rules, ['-q', 'a=b']);
});

test('of a repeated single value the last one counts', () => {
  assert.equal(parseOptions(TABLE, ['--format', 'json', '--format', 'compact']).options.format, 'compact');
});

test('an unknown option is named, with the one that was probably meant', () => {
  assert.deepEqual(failure('--formt=json'), [
    'usage',
    'there is no option `--formt`',
    'did you mean `--format`?',
  ]);
  assert.deepEqual(failure('-x'), ['usage', 'there is no option `-x`', 'see `ecs-guard-staged --help`']);
  assert.equal(failure('-undefined')[1], 'there is no option `-undefined`');
  assert.deepEqual(failure('--constructor')[1], 'there is no option `--constructor`');
});

test('a missing, surplus or impossible value is refused', () => {
  assert.deepEqual(failure('--rules'), ['usage', 'option `--rules` needs a value', 'write `--rules FILE`']);
  assert.deepEqual(failure('--quiet=yes').slice(0, 2), ['usage', 'option `--quiet` takes no value']);
  assert.deepEqual(failure('--format', 'xml'), [
    'usage',
    'option `--format` cannot be `xml`',
    'choose one of `compact`, `json`',
  ]);
});

test('the help lists every option of the table, aligned', () => {
  assert.equal(
    describeOptions(TABLE),
    '  -r, --rules FILE   rule files\n      --format NAME  how\n  -q, --quiet        say less\n',
  );
});
