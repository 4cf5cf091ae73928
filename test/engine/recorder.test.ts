import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventRecord, TraceEvent } from '../../src/engine/record.ts';
import { locatedPathOf } from '../../src/value/path.ts';
import { traceOf } from '../support/judge.ts';

type Kind = TraceEvent['kind'];
type Event<K extends Kind> = Extract<TraceEvent, { kind: K }>;

/** All events of a kind, in order. */
function events<K extends Kind>(record: EventRecord, kind: K): Event<K>[] {
  const own = record.event.kind === kind ? [record.event as Event<K>] : [];
  return [...own, ...record.children.flatMap((child) => events(child, kind))];
}

test('alternatives are recorded as such only where there are two or more', () => {
  const record = traceOf(
    'rule r when a exists { a == 2\n a == 3 or a == 4\n when a exists { a == 5 } }',
    'a: 1',
  );
  assert.equal(events(record, 'disjunction').length, 1);
});

test('alternatives know what they are alternatives of, also in a filter', () => {
  const record = traceOf(
    `rule r when a == 1 or b exists {
      a == 2 or a == 3
      l[ b == 2 or b == 1 ] { b == 2 or b == 3 }
      A::B { a == 2 or a == 3 }
    }`,
    'a: 1\nl: [{b: 1}]\nResources: {c: {Type: "A::B", a: 1}}',
  );
  assert.deepEqual(
    events(record, 'disjunction').map(({ of }) => of),
    ['condition', 'rule', 'block', 'block', 'block'],
  );
});

test('a `when` block knows whether it stands in a rule itself or in another block', () => {
  const record = traceOf('rule r { when a exists { when a exists { a == 2 } } }', 'a: 1');
  assert.deepEqual(
    events(record, 'when-block').map(({ inRule }) => inRule),
    [true, false],
  );
});

test('a reference is recorded by what became of it', () => {
  const record = traceOf('rule r { p\n not p\n q\n }\nrule p { a == 1 }\nrule q { a == 2 }', 'a: 1');
  assert.deepEqual(
    events(record, 'check').flatMap(({ check: { kind, clause } }) =>
      clause?.kind === 'rule-reference' ? [kind] : [],
    ),
    ['success', 'rule-reference', 'rule-reference'],
  );
});

test('the tests of a key filter are recorded by what became of them', () => {
  const kindsOf = (filter: string) =>
    events(traceOf(`rule r { conf[ ${filter} ] !empty }`, 'conf: {a: 1, b: 2}'), 'check').flatMap(
      ({ check: { kind, clause } }) => (clause === null ? [kind] : []),
    );
  assert.deepEqual(kindsOf('keys == "a"'), ['success', 'comparison']);
  assert.deepEqual(kindsOf('keys in ["a"]'), ['success', 'membership']);
});

test('a clause knows whether its query selected nothing', () => {
  const record = traceOf(
    'rule r { a == 2\n list[ this == 9 ] == 2\n list[ this == 9 ] !empty }',
    'a: 1\nlist: [1]',
  );
  const clauses = events(record, 'access-clause').filter(({ context }) => context.kind === 'map');
  assert.deepEqual(
    clauses.map(({ selectedNothing }) => selectedNothing),
    [false, true, true],
  );
});

test('a variable key that is missing is one missing value', () => {
  const record = traceOf('rule r { let k = missing\n conf.%k exists }', 'conf: {a: 1}');
  assert.equal(events(record, 'check').length, 1);
});

test('a tested key has a place of its own where it stands in the text', () => {
  const placesOf = (rules: string) =>
    events(traceOf(rules, 'conf:\n  a: 1\n  b: 2\n'), 'check').flatMap(({ check }) =>
      'from' in check && check.from !== null && check.from.kind === 'string'
        ? [locatedPathOf(check.from)]
        : [],
    );
  assert.deepEqual(placesOf("rule r { conf[ keys == 'a' ] == 1 }"), ['/conf[L:1,C:2]', '/conf[L:2,C:2]']);
  assert.deepEqual(placesOf("rule r { this[ keys == 'conf' ] !empty }"), ['[L:0,C:0]']);
  assert.deepEqual(placesOf("rule r { let x = {'a': 1}\n %x[ keys == 'a' ] == 1 }"), ['/a[L:0,C:0]']);
});

test('a walk past the end of a list leaves the whole query, and a walk to a missing key what is behind it', () => {
  const leftBy = (query: string) =>
    events(traceOf(`rule r { ${query} exists }`, 'map: {list: [1]}'), 'check').map(
      ({ check }) => check.kind === 'unary' && check.value.kind === 'unresolved' && check.value.from,
    );
  assert.deepEqual(leftBy('map.list[5].x'), [0]);
  assert.deepEqual(leftBy('map.missing.x'), [1]);
});
