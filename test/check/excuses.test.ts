import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Excuse, Standards } from '../../src/check/assess.ts';
import { Excuses } from '../../src/check/excuses.ts';
import type { ContentSuppression } from '../../src/report/suppression.ts';

const STANDARDS: Standards = {
  levelOf: () => 'error',
  excuses: [],
  onlyNew: false,
  failOnUnknown: false,
  today: '2027-03-31',
};

const HELD: ContentSuppression = {
  rule: 'no_root',
  reason: 'vendor image',
  until: null,
  line: 3,
  column: 7,
  scopes: ['/Resources/A'],
  shared: false,
  judged: true,
  identity: 'A',
};

const CONFIGURED: Excuse = {
  rule: 'no_root',
  reason: 'vendor image',
  until: null,
  file: '.ecs-guardrc.json',
  line: 4,
  column: 5,
  resource: null,
};

const FOUND = {
  rule: 'no_root',
  path: '/Resources/A/Properties/ContainerDefinitions/0/User',
  line: 9,
  resource: 'A',
  container: 'app',
};

function excusesOf(
  held: readonly Partial<ContentSuppression>[],
  standards: Partial<Standards> = {},
  status: 'FAIL' | 'ERROR' = 'FAIL',
): Excuses {
  const suppressions = held.map((each) => ({ ...HELD, ...each }));
  return new Excuses('a.yml', { status, suppressions }, { ...STANDARDS, ...standards });
}

/** Kinds and messages of what is said when the violation has asked. */
function saidOf(
  excuses: Excuses,
  { asked = true, before = null as ContentSuppression[] | null } = {},
): string[] {
  if (asked) excuses.find(FOUND);
  return excuses.remarks(before).map(({ kind, message }) => `${kind}: ${message}`);
}

const excuses = (held: Partial<ContentSuppression>, found: Partial<typeof FOUND> = {}) =>
  excusesOf([held]).find({ ...FOUND, ...found }) !== undefined;

test('an excuse covers its rule in its place and below', () => {
  assert.equal(excuses({}), true);
  assert.equal(excuses({}, { path: '/Resources/A' }), true);
  assert.equal(excuses({}, { path: '/Resources/AB' }), false);
  assert.equal(excuses({}, { path: '/Resources' }), false);
  assert.equal(excuses({}, { rule: 'other' }), false);
  assert.equal(excuses({ scopes: [''] }), true);
  assert.equal(excuses({ scopes: [''] }, { path: '' }), true);
  assert.equal(excuses({ scopes: ['/X', '/Resources/A'] }), true);
});

test('an excuse covers what begins in its place, but not what else is below that', () => {
  const held = { scopes: ['/Resources/A/Type'], beginning: ['/Resources/A'] };
  assert.equal(excuses(held, { path: '/Resources/A' }), true);
  assert.equal(excuses(held, { path: '/Resources/A/Properties' }), false);
});

test('an excuse may be for one container, and for one of several documents', () => {
  assert.equal(excuses({ container: 'app' }), true);
  assert.equal(excuses({ container: 'app' }, { container: 'other' }), false);
  assert.equal(excuses({ lines: [9, 20] }), true);
  assert.equal(excuses({ lines: [10, 20] }), false);
  assert.equal(excuses({ lines: [1, 8] }), false);
});

test('the excuse that was found tells where it is from', () => {
  assert.deepEqual(excusesOf([{}]).find(FOUND), {
    rule: 'no_root',
    reason: 'vendor image',
    until: null,
    file: 'a.yml',
    line: 3,
    column: 7,
  });
});

test('the settings may excuse a rule in a file, or in one resource of it', () => {
  const find = (excuse: Partial<Excuse>) =>
    excusesOf([], { excuses: [{ ...CONFIGURED, ...excuse }] }).find(FOUND)?.file;
  assert.equal(find({}), '.ecs-guardrc.json');
  assert.equal(find({ resource: 'A' }), '.ecs-guardrc.json');
  assert.equal(find({ resource: 'B' }), undefined);
  assert.equal(find({ rule: 'other' }), undefined);
});

test('an excuse that is needed is not worth a word', () => {
  assert.deepEqual(saidOf(excusesOf([{}])), []);
  assert.deepEqual(saidOf(excusesOf([], { excuses: [CONFIGURED] })), []);
});

test('an excuse without a reason does not count, unless its form knows none', () => {
  assert.equal(excuses({ reason: null }), false);
  assert.equal(excuses({ reason: null, shared: true }), true);
  assert.deepEqual(saidOf(excusesOf([{ reason: null }])), [
    'suppression-ignored: the excuse from `no_root` does not count: it gives no reason',
  ]);
});

test('an excuse counts on its last day and not on the next one', () => {
  assert.equal(excuses({ until: '2027-03-31' }), true);
  assert.equal(excuses({ until: '2027-03-30' }), false);
  assert.equal(excuses({ until: '2026-12-31' }), false);
});

test('an excuse that has ended is reported, with what to do', () => {
  const ended = { until: '2027-03-30' };
  assert.deepEqual(saidOf(excusesOf([ended])), [
    'suppression-expired: the excuse from `no_root` ended on 2027-03-30: give it another day, or remove it',
  ]);
  assert.deepEqual(saidOf(excusesOf([ended]), { asked: false }), [
    'suppression-expired: the excuse from `no_root` ended on 2027-03-30: nothing needs it; remove it',
  ]);
  assert.equal(saidOf(excusesOf([], { excuses: [{ ...CONFIGURED, ...ended }] })).length, 1);
});

test('an excuse that nothing needs is reported', () => {
  const said = 'suppression-unused: nothing needs the excuse from `no_root`; remove it';
  assert.deepEqual(saidOf(excusesOf([{}]), { asked: false }), [said]);
  assert.deepEqual(saidOf(excusesOf([{ scopes: ['/Resources/B'] }])), [said]);
  assert.deepEqual(saidOf(excusesOf([], { excuses: [{ ...CONFIGURED, telling: true }] }), { asked: false }), [
    said,
  ]);
});

test('nothing is called unused that may be needed elsewhere, or was not judged', () => {
  const unasked = (...given: Parameters<typeof excusesOf>) => saidOf(excusesOf(...given), { asked: false });
  assert.deepEqual(unasked([{ judged: false }]), []);
  assert.deepEqual(unasked([{ shared: true }]), []);
  assert.deepEqual(unasked([{}], {}, 'ERROR'), []);
  assert.deepEqual(unasked([{}], { levelOf: () => 'off' }), []);
  assert.deepEqual(unasked([], { excuses: [CONFIGURED] }), []);
});

test('a misspelled rule is told, where the rule that was meant objects', () => {
  const said = 'suppression-ignored: no rule is called `no_rot`; did you mean `no_root`?';
  assert.deepEqual(saidOf(excusesOf([{ rule: 'no_rot', judged: false }])), [said]);
  assert.deepEqual(saidOf(excusesOf([{ rule: 'no_rot', judged: false }]), { asked: false }), []);
  assert.deepEqual(saidOf(excusesOf([{ rule: 'elsewhere', judged: false }])), []);
});

test('an excuse that the change brings is printed, with its reason and its end', () => {
  const added = (held: Partial<ContentSuppression>, before: ContentSuppression[] | null) =>
    saidOf(excusesOf([held]), { before });
  assert.deepEqual(added({ until: '2027-12-31' }, []), [
    'suppression-added: this change excuses `no_root` until 2027-12-31: vendor image',
  ]);
  assert.deepEqual(added({ shared: true, reason: null }, []), [
    'suppression-added: this change excuses `no_root`',
  ]);
  assert.deepEqual(added({}, [{ ...HELD, identity: 'B' }]), [
    'suppression-added: this change excuses `no_root`: vendor image',
  ]);
});

test('an excuse that was there before is not printed again, unless it lasts longer now', () => {
  assert.deepEqual(saidOf(excusesOf([{ line: 30, reason: 'edited' }]), { before: [HELD] }), []);
  assert.equal(
    saidOf(excusesOf([{ until: '2028-01-01' }]), { before: [{ ...HELD, until: '2027-01-01' }] }).length,
    1,
  );
});

test('of what was there before nothing is said when that is not known', () => {
  assert.deepEqual(saidOf(excusesOf([{}]), { before: null }), []);
});

test('of rules of other packs in the shared form nothing is said', () => {
  const foreign = excusesOf([{ rule: 'ELSEWHERE', shared: true, judged: false, reason: null }]);
  assert.deepEqual(saidOf(foreign, { before: [] }), []);
});

test('two excuses for one violation are both needed', () => {
  const both = excusesOf([{}, { scopes: [FOUND.path], identity: 'B' }], {
    excuses: [{ ...CONFIGURED, telling: true }],
  });
  assert.deepEqual(saidOf(both), []);
});

test('an excuse that has ended does not stand in the way of one that has not', () => {
  const excused = excusesOf([{ until: '2020-01-01' }, { identity: 'B' }]).find(FOUND);
  assert.equal(excused?.until, null);
});

test('a remark stands where the excuse stands', () => {
  const where = (given: Excuses) => {
    given.find(FOUND);
    return given.remarks(null).map(({ file, line, column }) => ({ file, line, column }));
  };
  assert.deepEqual(where(excusesOf([{ reason: null }])), [{ file: 'a.yml', line: 3, column: 7 }]);
  const ended = { ...CONFIGURED, until: '2020-01-01' };
  assert.deepEqual(where(excusesOf([], { excuses: [ended] })), [
    { file: '.ecs-guardrc.json', line: 4, column: 5 },
  ]);
  assert.deepEqual(where(excusesOf([], { excuses: [{ ...ended, line: 0, column: 0 }] })), [
    { file: '.ecs-guardrc.json', line: undefined, column: undefined },
  ]);
});

test('whatever is excused, no other rule is, and no other place', () => {
  const paths = ['', '/R', '/R/A', '/R/A/P', '/R/A/P/0', '/R/A/P/0/U', '/R/AB', '/R/B', '/R/B/P/0'];
  const rules = ['a', 'b', 'aa'];
  const isBelow = (path: string, scope: string) =>
    scope.split('/').every((step, at) => path.split('/')[at] === step);
  for (const rule of rules)
    for (const scope of paths)
      for (const found of rules.flatMap((each) => paths.map((path) => ({ rule: each, path }))))
        assert.equal(
          excuses({ rule, scopes: [scope] }, found),
          found.rule === rule && isBelow(found.path, scope),
          `${rule} ${scope} ${JSON.stringify(found)}`,
        );
});
