import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Suppressions, suppressionsIn } from '../../src/suppressions/suppressions.ts';
import { loadTemplates } from '../../src/template/templates.ts';

const RULES = new Set(['no_root', 'r']);

function held(text: string): Suppressions {
  return suppressionsIn(loadTemplates('t.yml', Buffer.from(text)), RULES);
}

/** What each excuse of a template is about. */
function scopes(text: string): string[] {
  const { suppressions, remarks } = held(text);
  assert.deepEqual(remarks, []);
  return suppressions.map((each) => each.scopes.join(' and '));
}

function mistakes(text: string): string[] {
  const { suppressions, remarks } = held(text);
  assert.deepEqual(suppressions, []);
  for (const { kind } of remarks) assert.equal(kind, 'suppression-ignored');
  return remarks.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

const WHY = '# ecs-guard-ignore r: why';
const CONTAINERS = '/Resources/A/Properties/ContainerDefinitions';

/** A template with `above` above and `behind` behind one of its lines. */
function template(line: RegExp, { above, behind = '' }: { above?: string; behind?: string }): string {
  const lines = `Resources:
  A:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: app
          User: root
        - Name: other
          LogConfiguration:
            LogDriver: awslogs
`.split('\n');
  return lines
    .flatMap((text) => {
      if (!line.test(text)) return [text];
      const indentation = /^ */.exec(text)?.[0] ?? '';
      return [...(above === undefined ? [] : [indentation + above]), text + behind];
    })
    .join('\n');
}

for (const [what, line, scope] of [
  ['a resource', /A:/, '/Resources/A'],
  ['all resources', /Resources/, '/Resources'],
  ['a property', /User/, `${CONTAINERS}/0/User`],
  ['a list', /ContainerDefinitions/, CONTAINERS],
  ['a container', /- Name: other/, `${CONTAINERS}/1`],
  ['a property that holds others', /LogConfiguration/, `${CONTAINERS}/1/LogConfiguration`],
] as const) {
  test(`a comment above ${what} is about it`, () => {
    assert.deepEqual(scopes(template(line, { above: WHY })), [scope]);
  });

  test(`a comment on the line of ${what} is about it`, () => {
    assert.deepEqual(scopes(template(line, { behind: ` ${WHY}` })), [scope]);
  });
}

test('an excuse knows what it excuses, why, until when and where it stands', () => {
  const text = template(/User/, { above: '# ecs-guard-ignore no_root, other: why, until 2027-03-31' });
  const [first, second] = held(text).suppressions;
  assert.deepEqual(first, {
    rule: 'no_root',
    reason: 'why',
    until: '2027-03-31',
    line: 7,
    column: 11,
    scopes: [`${CONTAINERS}/0/User`],
    shared: false,
    judged: true,
    identity: first?.identity,
  });
  assert.deepEqual([second?.rule, second?.judged], ['other', false]);
});

test('comments and blank lines may stand between an excuse and what it is about', () => {
  const text = `Resources:\n  ${WHY}\n  # and\n  # ecs-guard-ignore no_root: so\n\n  A:\n    Type: A::B::C\n`;
  assert.deepEqual(scopes(text), ['/Resources/A', '/Resources/A']);
});

test('an excuse that is less indented than what follows is about it', () => {
  assert.deepEqual(scopes(`Resources:\n${WHY}\n  A:\n    Type: A::B::C\n`), ['/Resources/A']);
});

test('an excuse between a key and what it holds may be indented as it likes', () => {
  assert.deepEqual(scopes(`Resources:\n      ${WHY}\n  A:\n    L:\n        ${WHY}\n      - N: 1\n`), [
    '/Resources/A',
    '/Resources/A/L/0',
  ]);
});

test('an excuse at the end of a block is not about the next one', () => {
  for (const text of [
    `Resources:\n  A:\n    Type: A::B::C\n    ${WHY}\n  B:\n    Type: A::B::C\n`,
    `Resources:\n  A:\n    Type: A::B::C\n    L:\n      - N: 1\n        ${WHY}\n      - N: 2\n`,
  ])
    assert.match(mistakes(text).join(), /indented deeper than what follows; align it/);
});

test('a comment between a key and a value of its own is about both', () => {
  assert.deepEqual(scopes(`Resources:\n  A:\n    Type:\n      ${WHY}\n      A::B::C\n`), [
    '/Resources/A/Type',
  ]);
  assert.deepEqual(scopes(`Resources:\n  A:\n    Type:\n      A::B::C ${WHY}\n`), ['/Resources/A/Type']);
  assert.deepEqual(scopes(`Resources:\n  ${WHY}\n  { A: { Type: A::B::C } }\n`), ['/Resources']);
});

test('a comment behind the dash of a list is about the element', () => {
  assert.deepEqual(scopes(`Resources:\n  A:\n    L:\n      - ${WHY}\n        N: 1\n      - N: 2\n`), [
    '/Resources/A/L/0',
  ]);
});

test('a comment on the first line of a block of text is about its key', () => {
  assert.deepEqual(scopes(`Resources:\n  A: | ${WHY}\n    ${WHY}\n  B: 1\n`), ['/Resources/A']);
});

test('what looks like a comment within a text is none', () => {
  const text = `Resources:
  A: "a ${WHY}
    ${WHY}"
  B: 'a ${WHY}'
  C: >-
    ${WHY}
  D: a#ecs-guard-ignore
`;
  assert.deepEqual(held(text), { suppressions: [], remarks: [] });
});

test('line breaks of any system end a comment', () => {
  const text = template(/User/, { behind: ` ${WHY}` });
  assert.deepEqual(scopes(text.replaceAll('\n', '\r\n')), [`${CONTAINERS}/0/User`]);
  assert.deepEqual(scopes(text.replaceAll('\n', '\r')), [`${CONTAINERS}/0/User`]);
  assert.equal(held(text.replaceAll('\n', '\r\n')).suppressions[0]?.reason, 'why');
});

test('comments work in JSON that is read as YAML, with tabs too', () => {
  const text = `{
\t"Resources": {
\t\t"A": { ${WHY}
\t\t\t"Type": "A::B::C",
\t\t\t${WHY}
\t\t\t"L": [
\t\t\t\t{ "N": 1, "M": 2 }, ${WHY}
\t\t\t\t{ "N": 2 }
\t\t\t]
\t\t}
\t}
}
`;
  assert.deepEqual(scopes(text), ['/Resources/A', '/Resources/A/L', '/Resources/A/L/0']);
});

test('an excuse on a line where several things begin is refused, and so is one where nothing does', () => {
  assert.deepEqual(
    mistakes(`Resources:\n  A: { M: 1,\n    N: 2, O: 3 } ${WHY}\n  B: [\n    1\n  ] ${WHY}\n`),
    [
      '3:18 this excuse does not count: more than one thing begins on its line; put what it is about on a line of its own',
      '6:5 this excuse does not count: nothing begins on its line; write it above what it is about',
    ],
  );
});

test('an excuse at the end of the file is refused', () => {
  assert.match(mistakes(`Resources:\n  A: 1\n${WHY}\n`).join(), /^3:1 .*nothing follows it/);
});

test('an excuse on a merge key is refused, since what it brings stands elsewhere', () => {
  const text = `X: &x { M: 1 }\nResources:\n  A:\n    <<: *x ${WHY}\n    B: 1\n`;
  assert.match(mistakes(text).join(), /^4:12 .*nothing that rules look at/);
});

test('an excuse that cannot be read is told where it stands', () => {
  assert.match(
    mistakes(template(/User/, { behind: ' # ecs-guard-ignore r: why, until soon' })).join(),
    /^7:22 this excuse does not count: the day cannot be read/,
  );
});

test('an excuse at the first key of a map, or element of a list, is also about what begins there', () => {
  const beginnings = (text: string) => held(text).suppressions.map(({ beginning }) => beginning);
  assert.deepEqual(
    beginnings(`Resources:\n  ${WHY}\n  A:\n    Type: A::B::C ${WHY}\n    Other: 1 ${WHY}\n`),
    [['/Resources'], ['/Resources/A'], undefined],
  );
  assert.deepEqual(beginnings(`Resources:\n  L:\n    ${WHY}\n    - 1\n    ${WHY}\n    - 2\n`), [
    ['/Resources/L'],
    undefined,
  ]);
  assert.deepEqual(beginnings(`Resources: { A: {\n  B: 1 } } ${WHY}\n`), [undefined]);
});

test('an excuse at an anchor is about every use of what it names', () => {
  const text = `Globals: &g
  User: root ${WHY}
Resources:
  A: *g
  B:
    <<: *g
    L: [*g]
`;
  assert.deepEqual(scopes(text), [
    '/Globals/User and /Resources/A/User and /Resources/B/User and /Resources/B/L/0/User',
  ]);
});

test('an excuse at an alias is about that one place', () => {
  const text = `Globals: &g\n  User: root\nResources:\n  L:\n    ${WHY}\n    - *g\n    - *g ${WHY}\n  B: *g ${WHY}\n`;
  assert.deepEqual(scopes(text), ['/Resources/L/0', '/Resources/L/1', '/Resources/B']);
});

test('a list with a short tag is found below the long name of the tag', () => {
  const text = `Resources:
  A: !If
    - C
    ${WHY}
    - User: root
    - User: app ${WHY}
  B: !If [C, { User: root }, x] ${WHY}
`;
  assert.deepEqual(scopes(text), ['/Resources/A/Fn::If/1', '/Resources/A/Fn::If/2', '/Resources/B']);
});

test('lists in lists are told apart', () => {
  const text = `Resources:\n  L:\n    ${WHY}\n    - - a\n      - b ${WHY}\n    - [\n        c, ${WHY}\n        d ]\n`;
  assert.deepEqual(scopes(text), ['/Resources/L/0', '/Resources/L/0/1', '/Resources/L/1/0']);
});

test('an excuse for the file is about everything in it, wherever it stands', () => {
  const file = '# ecs-guard-ignore-file r: generated';
  assert.deepEqual(scopes(`${file}\nResources:\n  A: 1\n`), ['']);
  assert.deepEqual(scopes(`Resources:\n  A: 1\n${file}\n`), ['']);
});

test('an excuse in one of several documents is about that document', () => {
  const document = (comment: string) => `---\nResources:\n  A: 1 ${comment}\n`;
  const { suppressions } = held(document('') + document(WHY) + document(''));
  assert.deepEqual(
    suppressions.map(({ scopes: [scope], lines }) => ({ scope, lines })),
    [{ scope: '/Resources/A', lines: [5, 7] }],
  );
});

test('an excuse is the same one when lines move and containers change places', () => {
  const identity = (text: string) => held(text).suppressions[0]?.identity;
  const of = (first: string, second: string) =>
    `Resources:\n  A:\n    ContainerDefinitions:\n      - Name: ${first}\n      - Name: ${second}\n`;
  const before = identity(of(`a ${WHY}`, 'b'));
  assert.equal(identity(`# moved\n${of('b', `a ${WHY}`)}`), before);
  assert.notEqual(identity(of('a', `b ${WHY}`)), before);
  assert.notEqual(identity(of('a # ecs-guard-ignore no_root: why', 'b')), before);
});

test('a text without any mark holds nothing', () => {
  assert.deepEqual(held('Resources:\n  A: 1 # why\n'), { suppressions: [], remarks: [] });
});
