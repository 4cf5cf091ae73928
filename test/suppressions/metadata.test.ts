import assert from 'node:assert/strict';
import { test } from 'node:test';
import { suppressionsIn } from '../../src/suppressions/suppressions.ts';
import { loadTemplates } from '../../src/template/templates.ts';

/** What the metadata of the resource `A` excuses. */
function held(metadata: unknown) {
  const resource = { Type: 'AWS::ECS::TaskDefinition', Metadata: metadata };
  const text = JSON.stringify({ Resources: { A: resource } }, null, 2);
  return suppressionsIn(loadTemplates('t.json', Buffer.from(text)), new Set(['no_root']));
}

const own = (...ignore: unknown[]) => held({ 'ecs-guard': { ignore } });

const mistakeOf = (metadata: unknown) => {
  const { suppressions, remarks } = held(metadata);
  assert.deepEqual(suppressions, []);
  assert.equal(remarks.length, 1);
  assert.equal(remarks[0]?.kind, 'suppression-ignored');
  return remarks[0]?.message ?? '';
};

test('the metadata of a resource excuses rules in it', () => {
  const { suppressions, remarks } = own(
    { rule: 'no_root', reason: 'vendor image', until: '2027-03-31' },
    { rule: 'other', reason: 'so' },
  );
  assert.deepEqual(remarks, []);
  assert.deepEqual(
    suppressions.map(({ identity, ...rest }) => rest),
    [
      {
        rule: 'no_root',
        reason: 'vendor image',
        until: '2027-03-31',
        line: 8,
        column: 13,
        scopes: ['/Resources/A'],
        shared: false,
        judged: true,
      },
      {
        rule: 'other',
        reason: 'so',
        until: null,
        line: 13,
        column: 13,
        scopes: ['/Resources/A'],
        shared: false,
        judged: false,
      },
    ],
  );
});

test('an excuse may be about one container, or one property', () => {
  const [container, property] = own(
    { rule: 'no_root', reason: 'r', container: 'app' },
    { rule: 'no_root', reason: 'r', path: '/Properties/ContainerDefinitions/0/' },
  ).suppressions;
  assert.deepEqual([container?.scopes, container?.container], [['/Resources/A'], 'app']);
  assert.deepEqual(property?.scopes, ['/Resources/A/Properties/ContainerDefinitions/0']);
  assert.notEqual(container?.identity, property?.identity);
});

test('a reason that says nothing is none', () => {
  const reasons = own({ rule: 'no_root' }, { rule: 'no_root', reason: ' - ' }).suppressions;
  assert.deepEqual(
    reasons.map(({ reason }) => reason),
    [null, null],
  );
});

test('the list of suppressed rules that published rules know counts for every rule', () => {
  const { suppressions, remarks } = held({ guard: { SuppressedRules: ['no_root', 'OTHER'] } });
  assert.deepEqual(remarks, []);
  assert.deepEqual(
    suppressions.map(({ rule, shared, scopes, judged }) => ({ rule, shared, scopes, judged })),
    [
      { rule: 'no_root', shared: true, scopes: ['/Resources/A'], judged: true },
      { rule: 'OTHER', shared: true, scopes: ['/Resources/A'], judged: false },
    ],
  );
});

for (const [what, metadata, said] of [
  ['no map', { 'ecs-guard': ['no_root'] }, /it must be `\{ "ignore": \[…\] \}`/],
  ['no list', { 'ecs-guard': { ignore: 'no_root' } }, /`ignore` must be a list/],
  ['another key', { 'ecs-guard': { ignored: [] } }, /`ignored` means nothing here/],
  ['no object', { 'ecs-guard': { ignore: ['no_root'] } }, /it is no object; write `\{ "rule"/],
  ['no rule', { 'ecs-guard': { ignore: [{ reason: 'r' }] } }, /it names no rule/],
  ['no text', { 'ecs-guard': { ignore: [{ rule: 1, reason: 'r' }] } }, /`rule` must be a text/],
  [
    'nothing',
    { 'ecs-guard': { ignore: [{ rule: 'r', reason: 'r', until: null }] } },
    /`until` must be a text/,
  ],
  [
    'a misspelled key',
    { 'ecs-guard': { ignore: [{ rule: 'no_root', reason: 'r', untill: '2027-03-31' }] } },
    /`untill` means nothing here; there is `until`/,
  ],
  [
    'no day',
    { 'ecs-guard': { ignore: [{ rule: 'no_root', reason: 'r', until: 'March' }] } },
    /the day cannot be read; write it as `until 2027-03-31`/,
  ],
  ['one name', { guard: { SuppressedRules: 'no_root' } }, /`SuppressedRules` must be a list of names/],
  ['a number', { guard: { SuppressedRules: [1] } }, /`SuppressedRules` must be a list of names/],
] as const)
  test(`metadata that cannot be read is told: ${what}`, () => {
    assert.match(mistakeOf(metadata), said);
  });

test('the metadata of the template is about all of it', () => {
  const document = (ignore: string) =>
    `---\nMetadata: { ecs-guard: { ignore: [${ignore}] } }\nResources:\n  A: { Type: A::B::C }\n`;
  const item = '{ rule: no_root, reason: generated }';
  const scopesOf = (text: string) =>
    suppressionsIn(loadTemplates('t.yml', Buffer.from(text)), new Set()).suppressions.map(
      ({ scopes, lines }) => ({ scopes, lines }),
    );
  assert.deepEqual(scopesOf(document(item)), [{ scopes: [''], lines: undefined }]);
  assert.deepEqual(scopesOf(document('') + document(item)), [{ scopes: [''], lines: [6, 8] }]);
});

test('other metadata is none of our business', () => {
  for (const metadata of [
    { guard: { other: 1 } },
    { 'cfn-lint': {} },
    'ecs-guard',
    ['SuppressedRules'],
    null,
  ])
    assert.deepEqual(held(metadata), { suppressions: [], remarks: [] });
});
