import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { assess, type Standards } from '../../src/check/assess.ts';
import type { ContentSuppression } from '../../src/report/suppression.ts';
import type { FileVerdict, NamelessFinding } from '../../src/report/verdict.ts';
import { holds } from '../properties/property.ts';

const STANDARDS: Standards = {
  levelOf: () => 'error',
  excuses: [],
  onlyNew: false,
  failOnUnknown: false,
  today: '2027-03-31',
};

function found(identity: string, changes: Partial<NamelessFinding> = {}): NamelessFinding {
  return {
    rule: 'r',
    ruleFile: 'f.guard',
    message: 'm',
    path: `/Resources/${identity}`,
    resource: identity,
    container: null,
    line: 1,
    column: 1,
    identity,
    ...changes,
  };
}

function excuse(changes: Partial<ContentSuppression> = {}): ContentSuppression {
  return {
    rule: 'r',
    reason: 'why',
    until: null,
    line: 1,
    column: 1,
    scopes: ['/Resources/A'],
    shared: false,
    judged: true,
    identity: 'A',
    ...changes,
  };
}

function verdict(changes: Partial<FileVerdict> = {}): FileVerdict {
  const { findings = [] } = changes;
  return {
    status: findings.length > 0 ? 'FAIL' : 'PASS',
    findings,
    unknowns: [],
    suppressions: [],
    remarks: [],
    rules: [],
    ...changes,
  };
}

function assessed(
  now: Partial<FileVerdict>,
  standards: Partial<Standards> = {},
  before: Partial<FileVerdict>[] | null = null,
) {
  const file = {
    path: 'a.yml',
    verdict: verdict(now),
    before: before?.map((each) => verdict(each)) ?? null,
  };
  const { template, findings, unknowns, suppressed, remarks, old } = assess(file, {
    ...STANDARDS,
    ...standards,
  });
  return {
    status: template?.status ?? null,
    findings: findings.map(({ resource, level }) => `${resource} ${level}`),
    unknowns: unknowns.map(({ resource }) => resource),
    suppressed: suppressed.map(({ resource }) => resource),
    remarks: remarks.map(({ kind }) => kind),
    old,
  };
}

const NOTHING = { findings: [], unknowns: [], suppressed: [], remarks: [], old: 0 };

test('a violation counts with the level of its rule, and fails the template', () => {
  for (const level of ['error', 'warn', 'info'] as const)
    assert.deepEqual(assessed({ findings: [found('A')] }, { levelOf: () => level }), {
      ...NOTHING,
      status: 'FAIL',
      findings: [`A ${level}`],
    });
});

test('a rule that is off is not heard of', () => {
  const off = assessed(
    { findings: [found('A')], unknowns: [found('B')], suppressions: [excuse()] },
    { levelOf: () => 'off' },
  );
  assert.deepEqual(off, { ...NOTHING, status: 'PASS' });
});

test('an excused violation is told apart and does not count', () => {
  assert.deepEqual(assessed({ findings: [found('A'), found('B')], suppressions: [excuse()] }), {
    ...NOTHING,
    status: 'FAIL',
    findings: ['B error'],
    suppressed: ['A'],
  });
  assert.equal(assessed({ findings: [found('A')], suppressions: [excuse()] }).status, 'PASS');
});

test('an excuse that has ended lets the violation count again, and says so', () => {
  assert.deepEqual(assessed({ findings: [found('A')], suppressions: [excuse({ until: '2027-03-30' })] }), {
    ...NOTHING,
    status: 'FAIL',
    findings: ['A error'],
    remarks: ['suppression-expired'],
  });
});

test('what is excused need not be decided', () => {
  assert.deepEqual(assessed({ unknowns: [found('A'), found('B')], suppressions: [excuse()] }), {
    ...NOTHING,
    status: 'UNKNOWN',
    unknowns: ['B'],
    suppressed: ['A'],
  });
});

test('the settings excuse as the template does', () => {
  const excuses = [
    { rule: 'r', reason: 'why', until: null, file: 's.json', line: 1, column: 1, resource: 'A' },
  ];
  assert.deepEqual(assessed({ findings: [found('A'), found('B')] }, { excuses }), {
    ...NOTHING,
    status: 'FAIL',
    findings: ['B error'],
    suppressed: ['A'],
  });
});

test('only what is new counts, and what was there before is counted apart', () => {
  const now = { findings: [found('A'), found('B')] };
  const before = [{ findings: [found('A', { line: 99, message: 'other words' })] }];
  assert.deepEqual(assessed(now, { onlyNew: true }, before), {
    ...NOTHING,
    status: 'FAIL',
    findings: ['B error'],
    old: 1,
  });
  assert.deepEqual(assessed(now, { onlyNew: false }, before).findings, ['A error', 'B error']);
  assert.equal(assessed({ findings: [found('A')] }, { onlyNew: true }, before).status, 'PASS');
});

test('what any of several parents had is not new', () => {
  const before = [{ findings: [found('A')] }, { findings: [found('B')] }];
  const now = { findings: [found('A'), found('B'), found('C')] };
  assert.deepEqual(assessed(now, { onlyNew: true }, before).findings, ['C error']);
});

test('what was excused before is new once its excuse has gone or ended', () => {
  const onlyNew = { onlyNew: true };
  const findings = [found('A')];
  const until = (day: string) => ({ findings, suppressions: [excuse({ until: day })] });
  const ended = until('2027-03-30');
  for (const [now, before] of [
    [{ findings }, { findings, suppressions: [excuse()] }],
    [ended, ended],
    [{ findings }, ended],
  ] as const) {
    const { findings: counting, old } = assessed(now, onlyNew, [before]);
    assert.deepEqual([counting, old], [['A error'], 0]);
  }
  const never = { findings, suppressions: [excuse({ reason: null })] };
  assert.equal(assessed({ findings }, onlyNew, [never]).old, 1);
});

test('everything is new when it is not known what was there before, or the file was not', () => {
  for (const before of [null, []])
    assert.deepEqual(assessed({ findings: [found('A')] }, { onlyNew: true }, before).findings, ['A error']);
});

test('an excused violation is not an old one, since its excuse is needed', () => {
  const now = { findings: [found('A')], suppressions: [excuse()] };
  assert.deepEqual(assessed(now, { onlyNew: true }, [now]), {
    ...NOTHING,
    status: 'PASS',
    suppressed: ['A'],
  });
});

test('what cannot be decided is neither a pass nor a violation', () => {
  assert.deepEqual(assessed({ unknowns: [found('A')] }), { ...NOTHING, status: 'UNKNOWN', unknowns: ['A'] });
});

test('what cannot be decided fails where that is wanted', () => {
  const strict = assessed({ unknowns: [found('A')] }, { failOnUnknown: true, levelOf: () => 'info' });
  assert.deepEqual(strict, { ...NOTHING, status: 'FAIL', findings: ['A error'] });
});

test('where only what is new counts, what was undecided or violated before does not fail for being undecided', () => {
  const standards = { onlyNew: true, failOnUnknown: true };
  const now = { unknowns: [found('A'), found('B'), found('C')] };
  const before = [{ unknowns: [found('A')], findings: [found('B')] }];
  assert.deepEqual(assessed(now, standards, before), {
    ...NOTHING,
    status: 'FAIL',
    findings: ['C error'],
    unknowns: ['A', 'B'],
  });
  assert.deepEqual(assessed({ findings: [found('A')] }, standards, before).findings, ['A error']);
});

test('the status says the worst that is true of the template', () => {
  assert.equal(assessed({ status: 'ERROR', findings: [found('A')] }).status, 'ERROR');
  assert.equal(assessed({ findings: [found('A')], unknowns: [found('B')] }).status, 'FAIL');
  assert.equal(assessed({ status: 'SKIP' }).status, 'SKIP');
  assert.equal(assessed({ status: 'PASS' }).status, 'PASS');
  assert.equal(assessed({ status: null }).status, null);
});

test('remarks of the judgement are told with the name of the file', () => {
  const remarks = [{ kind: 'limit', message: 'm' }] as const;
  const file = { path: 'a.yml', verdict: verdict({ remarks }), before: null };
  assert.deepEqual(assess(file, STANDARDS).remarks, [{ kind: 'limit', message: 'm', file: 'a.yml' }]);
});

test('an excuse that the change adds is printed', () => {
  const now = { findings: [found('A')], suppressions: [excuse()] };
  assert.deepEqual(assessed(now, {}, []).remarks, ['suppression-added']);
  assert.deepEqual(assessed(now, {}, [{ findings: [found('A')] }]).remarks, ['suppression-added']);
  assert.deepEqual(assessed(now, {}, [now]).remarks, []);
  assert.deepEqual(assessed(now, {}, null).remarks, []);
});

const NAMES = ['A', 'B', 'C', 'D'];
const ALL = NAMES.flatMap((name) =>
  ['r', 's', 'off'].map((rule) => found(`${name}${rule}`, { rule, path: `/Resources/${name}` })),
);

test('no violation gets lost: each counts, is excused, is old or is off, and only one of them', () =>
  holds(
    500,
    fc.record({
      findings: fc.subarray(ALL),
      earlier: fc.subarray(ALL),
      excused: fc.record({ rule: fc.constantFrom('r', 's', 'off'), name: fc.constantFrom(...NAMES) }),
      onlyNew: fc.boolean(),
    }),
    ({ findings, earlier, excused, onlyNew }) => {
      const scope = `/Resources/${excused.name}`;
      const suppressions = [excuse({ rule: excused.rule, scopes: [scope] })];
      const levelOf = (rule: string) => (rule === 'off' ? ('off' as const) : ('warn' as const));
      const before = [verdict({ findings: earlier })];
      const file = { path: 'a.yml', verdict: verdict({ findings, suppressions }), before };
      const { findings: counted, suppressed, old } = assess(file, { ...STANDARDS, onlyNew, levelOf });
      const heard = findings.filter(({ rule }) => rule !== 'off');
      assert.equal(counted.length + suppressed.length + old, heard.length);
      for (const { rule, path } of suppressed) assert.deepEqual([rule, path], [excused.rule, scope]);
    },
  ));
