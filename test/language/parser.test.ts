import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AccessClause, Clause, Literal, Query, RuleItem, RulesFile } from '../../src/language/ast.ts';
import { nativeContext } from '../../src/language/native-parse-error.ts';
import { parseRules } from '../../src/language/parser.ts';
import { RulesSyntaxError } from '../../src/language/syntax-error.ts';
import { Source } from '../../src/source/source.ts';
import { parseErrors, vectors } from '../support/rule-texts.ts';

const RIGHT_SIDE =
  'expecting either a property access "engine.core" or value like "string" or ["this", "that"]';
const COMPARATOR =
  'expecting comparison binary operators like >, <= or unary operators KEYS, EXISTS, EMPTY or NOT';

describe('Conformance cases', () => {
  for (const { file, name, rules, expect_error } of vectors())
    test(`${file}: ${name} is ${expect_error === 'parse-rules' ? 'rejected' : 'accepted'}`, () => {
      assert.equal(tryParse(rules) instanceof RulesSyntaxError, expect_error === 'parse-rules');
    });
});

describe('Places and contexts of errors', () => {
  for (const [text, line, column, fragment, context = ''] of [
    ['rule r { top = 5 }', 1, 14, '= 5 }'],
    ['rule r { }', 1, 9, ' }'],
    ['rule s { r }', 1, 12, '}'],
    ['rule r { top > -1.5 }', 1, 18, '.5 }'],
    ['rule r { name == /(/ }', 1, 17, ' /(/ }', RIGHT_SIDE],
    ['rule r { this[%v] exists }', 1, 15, '%v] exists }', 'There were no clauses present r.guard#1@15'],
    ['rule r { conf { gone } }', 1, 15, '{ gone } }'],
    ['rule r { i == 5 or }', 1, 20, '}'],
    ['rule r when { i == 5 }', 1, 13, '{ i == 5 }', 'There were no clauses present r.guard#1@13'],
    ['rule r { a exists } junk', 1, 21, 'junk'],
    ['let x = foo(top)', 1, 12, '(top)'],
    ['  junk', 1, 3, 'junk'],
    ['\u{feff}a exists', 1, 1, '\u{feff}a exists'],
    ['rule r {\n  "é😀" exists\n  é exists\n}', 3, 3, 'é exists\n}'],
    ['rule r { "😀" exists ] }', 1, 21, '] }'],
    ['AWS::S3::Bucket foo bar', 1, 21, 'bar', COMPARATOR],
    ['AWS::S3::Bucket foo <<m>>', 1, 21, '<<m>>', `${COMPARATOR}/Custom message tag detected`],
    ['AWS::S3::Bucket{ a exists }', 1, 16, '{ a exists }'],
    ['A::B::C::D a exists', 1, 8, '::D a exists'],
    ['rule r { a == r[1,b] }', 1, 14, ' r[1,b] }', `${RIGHT_SIDE}/Could not parse range`],
    ['rule r { a == 1 <<x }', 1, 14, ' 1 <<x }', `${RIGHT_SIDE}/Unable to find a closing >> tag for message`],
    ['rule r { a exists <<x }', 1, 21, 'x }', 'Unable to find a closing >> tag for message'],
    ['a == b[ ]', 1, 5, ' b[ ]', `${RIGHT_SIDE}/There were no clauses present r.guard#1@8`],
    ['let x = "abc\\', 1, 10, 'abc\\', 'Could not parse string'],
    ["let x = 'abc\\", 1, 9, "'abc\\"],
    ['let x = "abc', 1, 13, ''],
    ['let x = [1.5e]', 1, 10, '1.5e]'],
    ['let x', 1, 6, ''],
    ['rule 9 { a exists }', 1, 6, '9 { a exists }'],
    ['rule p(a, 9) { a exists }', 1, 11, '9) { a exists }'],
    ['rule p() { a exists }', 1, 8, ') { a exists }'],
    ['whenever exists', 1, 5, 'ever exists'],
    ['when port ', 1, 11, ''],
    ['a[ keys exists ] exists', 1, 9, 'exists ] exists'],
    ['a[0 exists', 1, 5, 'exists'],
    ['rule == 5', 1, 6, '== 5'],
  ] as const)
    test(`${JSON.stringify(text)} fails at ${line}:${column}`, () => {
      const error = syntaxError(text);
      assert.deepEqual(
        {
          line: error.line,
          column: error.column,
          fragment: error.fragment,
          context: nativeContext(error, 'r.guard'),
        },
        { line, column, fragment, context },
      );
    });
});

/** What native Guard 3.2.0 says about damaged rule files; those without a place are sound to it. */
describe('Damaged texts', () => {
  for (const { rules, ...place } of parseErrors())
    test(`${JSON.stringify(rules)} is ${'line' in place ? 'rejected' : 'accepted'} as the native tool does`, () => {
      const error = tryParse(rules);
      if (!(error instanceof RulesSyntaxError)) return assert.deepEqual(place, {});
      const { line, column } = error;
      assert.deepEqual({ line, column, context: nativeContext(error, 'r.guard') }, place);
    });
});

describe('Files', () => {
  test('a file of white space and comments has no rules', () => {
    assert.deepEqual(parse(' \n# c'), {
      kind: 'rules-file',
      assignments: [],
      rules: [],
      parameterizedRules: [],
    });
  });

  test('what stands outside rules forms a default rule, which comes first', () => {
    const file = parse('rule a { x exists }\nAWS::S3::Bucket { y exists }\nwhen a { z exists }\nb exists');
    assert.deepEqual(
      file.rules.map(({ name, isDefault }) => [name, isDefault]),
      [
        ['default', true],
        ['a', false],
      ],
    );
    assert.deepEqual(
      file.rules[0]?.block.conjunction.map(([item]) => item?.kind),
      ['type-block', 'when-block', 'access-clause'],
    );
  });

  test('a rule may be called `default` without being the default rule', () => {
    assert.deepEqual(
      parse('rule default { x exists }').rules.map(({ isDefault }) => isDefault),
      [false],
    );
  });

  test('parameters lose their duplicates', () => {
    const [rule] = parse('rule p(a,b , a) { %a exists }').parameterizedRules;
    assert.deepEqual(rule?.parameters, ['a', 'b']);
    assert.equal(rule?.rule.name, 'p');
  });

  test('a parameterized rule has no `when`', () => {
    assert.equal(syntaxError('rule p(a) when b exists { c exists }').column, 11);
  });

  test('a reference to a rule is no item of a file, but may stand in a `when` at its top', () => {
    assert.ok(tryParse('a\n') instanceof RulesSyntaxError);
    assert.deepEqual(kinds('when a { b\n }'), ['when-block']);
  });
});

describe('Clauses', () => {
  test('line ends do not matter, and alternatives bind tighter than juxtaposition', () => {
    const [rule] = parse('a exists b exists or\nc exists\n|OR| d exists OR e exists').rules;
    assert.deepEqual(
      rule?.block.conjunction.map((alternatives) => alternatives.length),
      [1, 4],
    );
  });

  test('an or-word with nothing behind it is the next item', () => {
    assert.deepEqual(kinds('rule r { a exists\nor\n}'), ['access-clause', 'rule-reference']);
  });

  for (const [text, ...expected] of [
    ['a existsx\n', 'a exists', 'x'],
    ['a include\n', 'a in clude'],
    ['a == trueish\n', 'a == true', 'ish'],
    ['a == nullable\n', 'a == null', 'able'],
    ['a == 1e5\n', 'a == 1', 'e5'],
    ['notes exists rules exists lettuce exists', 'notes exists', 'rules exists', 'lettuce exists'],
  ] as const)
    test(`${JSON.stringify(text)} is read as ${expected.join(' and ')}`, () => {
      assert.deepEqual(items(`rule r { ${text} }`).map(sketch), expected);
    });

  test('a leading `not` and the negation of the operator are kept apart', () => {
    const { not, negated, operator } = clause('not a !exists');
    assert.deepEqual({ not, negated, operator }, { not: true, negated: true, operator: 'exists' });
    assert.equal(clause('!a != 1').negated, true);
    assert.equal(clause('a NOT IN [1]').operator, 'in');
  });

  for (const text of ['a not == 1', 'a NOT_IN [1]', 'a ! in [1]', 'a not\nin [1]', 'a Exists', 'a is_map'])
    test(`${JSON.stringify(text)} is no clause`, () => assert.ok(tryParse(text) instanceof RulesSyntaxError));

  test('messages are kept as they are', () => {
    assert.equal(clause('a exists << x\n y>>').message, ' x\n y');
    assert.equal(clause('a == b # c\n <<#>>').message, '#');
  });

  test('a reference ends with its line, a comment, an or-word, a brace or a message', () => {
    for (const text of ['b\n}', 'b # c\n}', 'b\tor a exists }', 'b <<m>> }', 'b\r\n}'])
      assert.equal(items(`rule r { ${text}`)[0]?.kind, 'rule-reference', text);
    assert.ok(tryParse('rule r { b }') instanceof RulesSyntaxError);
  });

  test('named rules cannot be referred to in block clauses, type blocks, filters and inner `when` bodies', () => {
    for (const text of [
      'a { b\n }',
      'AWS::S3::Bucket { b\n }',
      'a[ c exists b\n ] exists',
      'when c { when d { b\n } }',
    ])
      assert.ok(tryParse(`rule r { ${text} }`) instanceof RulesSyntaxError, text);
  });

  test('a call of a parameterized rule may stand in all of them', () => {
    for (const text of [
      'a { p(1) }',
      'AWS::S3::Bucket { p(1) }',
      'a[ p(1) ] exists',
      'when c { when p(1) { p(1) } }',
    ])
      assert.ok(!(tryParse(`rule r { ${text} }`) instanceof RulesSyntaxError), text);
  });

  test('a block clause may demand that its query selects something', () => {
    const [plain, bang, word] = items('a { x exists } a !empty { x exists } a not EMPTY { x exists }');
    assert.deepEqual(
      [plain, bang, word].map((item) => item?.kind === 'block-clause' && item.notEmpty),
      [false, true, true],
    );
  });

  test('a type block loses `::MODULE`, and its braces are a matter of taste', () => {
    const [module, custom] = items('AWS::S3::Bucket::MODULE a exists Custom::X { b exists }');
    assert.ok(module?.kind === 'type-block' && custom?.kind === 'type-block');
    assert.equal(module.typeName, 'AWS::S3::Bucket');
    assert.equal(module.block.conjunction.length, 1);
    assert.equal(custom.typeName, 'Custom::X');
    assert.deepEqual(
      module.query.parts.map(({ kind }) => kind),
      ['key', 'all-values', 'filter'],
    );
  });

  test('spans start where the text of a node starts', () => {
    const text = 'let x = 1\nrule r when a {\n  not b.c == count(d)\n  AWS::X::Y { e exists }\n}';
    const file = parse(text);
    const at = ({ start }: { start: number }) => text.slice(start).split(/[\s(]/, 1)[0];
    const rule = file.rules[0]!;
    const [[first], [second]] = rule.block.conjunction as [[AccessClause], [RuleItem]];
    assert.equal(at(file.assignments[0]!.span), 'let');
    assert.equal(at(rule.span), 'rule');
    assert.equal(text.slice(rule.span.start, rule.span.end).endsWith('}\n}'), true);
    assert.equal(at(first.span), 'not');
    assert.equal(at(first.query.span), 'b.c');
    assert.ok(first.right?.kind === 'function-call');
    assert.equal(text.slice(first.right.span.start, first.right.span.end), 'count(d)');
    assert.equal(at(second.span), 'AWS::X::Y');
  });
});

describe('Queries', () => {
  for (const [text, ...expected] of [
    ['a."b c".\'d\'["e"].%f.*', 'a', 'b c', 'd', 'e', '%f', 'all-values'],
    ['this.thisOne', 'this', 'thisOne'],
    ['a[*][x][ y ][ * ]', 'a', 'all-indices', 'all-indices x', 'all-values y', 'all-indices'],
    ['a.0[1].-2[-3]', 'a', '0', '1', '-2', '-3'],
    ['a.4294967297', 'a', '1'],
    ['%v', '%v'],
    ['%v.a', '%v', 'all-indices', 'a'],
    ['%v[*].a', '%v', 'all-indices', 'a'],
    ['%v[0]', '%v', 'all-indices', '0'],
    ['%v[x]', '%v', 'all-indices x'],
    ['"%v".a', '%v', 'all-indices', 'a'],
    ['a # c\n .b\n [*]', 'a', 'b', 'all-indices'],
    ['a[ x | b exists ][ k | keys == "c" ]', 'a', 'filter x', 'key-filter k'],
    ['ré_1.b', 'ré_1', 'b'],
  ] as const)
    test(`${JSON.stringify(text)} has the parts ${expected.join(', ')}`, () => {
      assert.deepEqual(clause(`${text} exists`).query.parts.map(partSketch), expected);
    });

  test('`some` asks for one match', () => {
    assert.equal(clause('some a exists').query.matchAll, false);
    assert.equal(clause('something exists').query.matchAll, true);
  });

  for (const text of ['a[%v]', 'a[ "k"]', 'a[ 0]', 'a.b-c', 'a.9x', 'thisOne', '_a', 'é', 'a.', 'a[]'])
    test(`${JSON.stringify(text)} is no query`, () => {
      assert.ok(tryParse(`${text} exists`) instanceof RulesSyntaxError);
    });

  test('a query is read once, however deep the filters around it are nested', () => {
    const depth = 60;
    const text = `${'a[ '.repeat(depth)}b exists${' ] exists'.repeat(depth)}`;
    assert.equal(clause(text).query.parts[1]?.kind, 'filter');
  });
});

describe('Literals', () => {
  for (const [text, expected] of [
    ['null', { kind: 'null' }],
    ['NULL', { kind: 'null' }],
    ['True', { kind: 'bool', value: true }],
    ['"a\\"b\\n"', { kind: 'string', value: 'a"b\\n' }],
    ["'it\\'s \\\"'", { kind: 'string', value: 'it\'s \\"' }],
    ['-9223372036854775807', { kind: 'int', text: '-9223372036854775807' }],
    ['1.50', { kind: 'float', text: '1.50' }],
    ['1e+5', { kind: 'float', text: '1e+5' }],
    ['1.5E5', { kind: 'float', text: '1.5E5' }],
    ['/a\\/b\\d/', { kind: 'regex', pattern: 'a/b\\d' }],
    [
      'r( 1 , 10 ]',
      { kind: 'range', of: 'int', lower: '1', upper: '10', lowerInclusive: false, upperInclusive: true },
    ],
    [
      'r[a,😀)',
      { kind: 'range', of: 'char', lower: 'a', upper: '😀', lowerInclusive: true, upperInclusive: false },
    ],
    ['[ # c\n ]', { kind: 'list', items: [] }],
    [
      "{ a-1: 1 , 'b': [true], a-1: 2 }",
      {
        kind: 'map',
        entries: [
          { key: 'a-1', value: { kind: 'int', text: '2' } },
          { key: 'b', value: { kind: 'list', items: [{ kind: 'bool', value: true }] } },
        ],
      },
    ],
  ] as const)
    test(`${text} is a literal`, () => assert.deepEqual(literal(text), expected));

  for (const text of [
    '-1.5',
    '+5',
    '//',
    '/a\\//',
    '/(/',
    '9223372036854775808',
    '-9223372036854775808',
    '[1,]',
    '{a: 1,}',
    'r[1,2.5]',
    '"\\"',
  ])
    test(`${text} is no literal`, () => {
      assert.ok(tryParse(`let x = ${text}`) instanceof RulesSyntaxError);
    });

  test('TRUE, FALSE and Null are queries', () => {
    for (const text of ['TRUE', 'FALSE', 'Null'])
      assert.equal(parse(`let x = ${text}`).assignments[0]?.value.kind, 'query');
  });
});

describe('Functions', () => {
  test('calls may be nested, and take values, queries and calls', () => {
    const [assignment] = parse('let x = join( some a.b[*], to_lower("Q") ) let y := now()').assignments;
    assert.ok(assignment?.value.kind === 'function-call');
    assert.deepEqual(
      assignment.value.arguments.map(({ kind }) => kind),
      ['query', 'function-call'],
    );
  });

  for (const text of [
    'let x = count()',
    'let x = join(a)',
    'let x = nope(a)',
    'let x = count (a)',
    'let x = now( )',
  ])
    test(`${text} is no call, hence no assignment`, () => {
      assert.ok(tryParse(text) instanceof RulesSyntaxError);
    });

  test('a call cannot stand at the left of an operator', () => {
    assert.equal(syntaxError('count(x) == 1').column, 10);
  });
});

describe('Deep nesting', () => {
  for (const [what, open, close] of [
    ['lists', '[', ']'],
    ['maps', '{a:', '}'],
    ['calls', 'count(', ')'],
    ['filters', 'a[ b == a[ ', ' ] ]'],
  ] as const)
    test(`${what} nested without end are a syntax error, not a crash`, () => {
      const text = `let x = ${open.repeat(50_000)}1${close.repeat(50_000)}`;
      assert.throws(() => parse(text), /nested more than 200 levels deep/);
    });

  test('blocks may be nested in each other a hundred times', () => {
    assert.deepEqual(kinds(`${'a { '.repeat(100)}b exists${' }'.repeat(100)}`), ['block-clause']);
  });
});

function parse(text: string): RulesFile {
  return parseRules(new Source('r.guard', text));
}

function tryParse(text: string): RulesFile | RulesSyntaxError {
  try {
    return parse(text);
  } catch (error) {
    assert.ok(error instanceof RulesSyntaxError, `${error}`);
    return error;
  }
}

function syntaxError(text: string): RulesSyntaxError {
  const result = tryParse(text);
  assert.ok(result instanceof RulesSyntaxError, `${text} was accepted`);
  return result;
}

/** Everything in the first rule, alternatives side by side. */
function items(text: string): readonly RuleItem[] {
  return parse(text).rules[0]?.block.conjunction.flat() ?? [];
}

function kinds(text: string): readonly string[] {
  return items(text).map(({ kind }) => kind);
}

function clause(text: string): AccessClause {
  const [item] = items(text);
  assert.ok(item?.kind === 'access-clause');
  return item;
}

function literal(text: string): Literal {
  const value = parse(`let x = ${text}`).assignments[0]?.value;
  assert.ok(value !== undefined && value.kind !== 'query' && value.kind !== 'function-call');
  return value;
}

function sketch(item: RuleItem): string {
  if (item.kind === 'rule-reference') return item.name;
  assert.ok(item.kind === 'access-clause');
  return `${querySketch(item.query)} ${item.operator}${rightSketch(item)}`;
}

function rightSketch({ right }: Extract<Clause, { kind: 'access-clause' }>): string {
  if (right === null) return '';
  if (right.kind === 'query') return ` ${querySketch(right)}`;
  return right.kind === 'int' ? ` ${right.text}` : ` ${right.kind === 'bool' ? right.value : right.kind}`;
}

function querySketch({ parts }: Query): string {
  return parts.map(partSketch).join('.');
}

function partSketch(part: Query['parts'][number]): string {
  switch (part.kind) {
    case 'key':
      return part.name;
    case 'variable':
      return `%${part.name}`;
    case 'index':
      return String(part.index);
    case 'this':
      return 'this';
    default:
      return part.capture === null ? part.kind : `${part.kind} ${part.capture}`;
  }
}
