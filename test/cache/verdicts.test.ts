import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KeptVerdict } from '../../src/cache/kept-verdict.ts';
import { type Judge, verdictsKey } from '../../src/cache/key.ts';
import type { Store } from '../../src/cache/store.ts';
import { VerdictCache } from '../../src/cache/verdicts.ts';
import type { ReportRule } from '../../src/report/report.ts';
import { ruleKey } from '../../src/report/rule-key.ts';
import type { NamelessFinding } from '../../src/report/verdict.ts';

const JUDGE: Judge = {
  build: 'b1',
  runtime: 'v20.0.0',
  packs: ['baseline'],
  files: [],
  mentioned: [],
  intrinsics: true,
};

function memory() {
  const entries = new Map<string, Buffer>();
  const store: Store = {
    read: (key) => entries.get(key),
    write: (key, payload) => void entries.set(key, Buffer.from(payload)),
  };
  return { store, entries };
}

const RULE: ReportRule = { file: 'r.guard', name: 'r', help: 'what it is for' };

function found(message: string, changes: Partial<NamelessFinding> = {}): NamelessFinding {
  const { ruleFile = RULE.file, rule = RULE.name } = changes;
  return {
    ...{ line: 1, column: 2, rule, ruleFile, path: '/a', resource: null, container: null, message },
    identity: `${ruleKey(ruleFile, rule)}["a"]`,
    ...changes,
  };
}

function verdict(message: string, changes: Partial<KeptVerdict> = {}): KeptVerdict {
  const nothing = { unknowns: [], suppressions: [], remarks: [] };
  return {
    ...nothing,
    ...{ status: 'FAIL', findings: [found(message)], rules: [RULE], ruleCount: 7 },
    ...changes,
  };
}

const id = (digits: string) => digits.padEnd(40, '0');

test('a verdict is recalled as it was kept, by its id and rules only', async () => {
  const { store } = memory();
  const told = verdict('é › 𝒳 "\\" \n\u2028 \ud800');
  await new VerdictCache(store, 'rules').keep(new Map([[id('ab'), told]]));
  assert.deepEqual(new VerdictCache(store, 'rules').recall(id('ab')), told);
  assert.equal(new VerdictCache(store, 'rules').recall(id('ac')), undefined);
  assert.equal(new VerdictCache(store, 'rules').recall('ab'), undefined);
  assert.equal(new VerdictCache(store, 'rule').recall(id('ab')), undefined);
  assert.equal(new VerdictCache(store, 'rules/more').recall(id('ab')), undefined);
});

test('everything that findings say is recalled, whatever they have in common', async () => {
  const { store } = memory();
  const other = { file: 's.guard', name: 's', help: null };
  const findings = [
    found('one', {
      construct: 'Stack/A',
      when: 'IsProd is false',
      from: 'User comes from parameter `RunAs`',
    }),
    found('one', { path: '/b', resource: 'B', container: 'web' }),
    found('two'),
    found('one', { ruleFile: other.file, rule: other.name }),
    found('one'),
  ];
  const unknowns = [found('why', { ruleFile: other.file, rule: other.name, line: 9 })];
  const told = verdict('', { findings, unknowns, rules: [RULE, other] });
  await new VerdictCache(store, 'rules').keep(new Map([[id('ab'), told]]));
  assert.deepEqual(new VerdictCache(store, 'rules').recall(id('ab')), told);
});

test('a verdict is not known when nothing is known of its rules', async () => {
  const { store, entries } = memory();
  const clean = verdict('', { status: 'PASS', findings: [], rules: [] });
  const told = new Map([
    [id('ab'), verdict('one')],
    [id('cd'), clean],
  ]);
  await new VerdictCache(store, 'rules').keep(told);
  for (const name of entries.keys()) if (!name.startsWith('verdicts')) entries.delete(name);
  const forgetful = new VerdictCache(store, 'rules');
  assert.deepEqual([forgetful.recall(id('ab')), forgetful.recall(id('cd'))], [undefined, clean]);
  await forgetful.keep(told);
  assert.deepEqual(new VerdictCache(store, 'rules').recall(id('ab')), verdict('one'));
});

test('of two rules that one name stands for, none is taken for the other', async () => {
  const { store, entries } = memory();
  const namesake = verdict('two', { rules: [{ ...RULE, help: 'something else' }] });
  const cache = () => new VerdictCache(store, 'rules');
  const recalled = () => [cache().recall(id('ab')), cache().recall(id('cd'))];
  await cache().keep(new Map([[id('ab'), verdict('one')]]));
  await cache().keep(new Map([[id('cd'), namesake]]));
  assert.deepEqual(recalled(), [verdict('one'), namesake]);
  for (const name of entries.keys()) if (!name.startsWith('verdicts')) entries.delete(name);
  await cache().keep(new Map([[id('cd'), namesake]]));
  assert.deepEqual(recalled(), [undefined, namesake]);
});

test('rules that say much about themselves do not crowd verdicts out', async () => {
  const { store } = memory();
  const rules = Array.from({ length: 20 }, (_, at) => ({ ...RULE, name: `r${at}`, help: 'x'.repeat(3000) }));
  const findings = rules.map(({ name }) => found('one', { rule: name }));
  const told = verdict('', { findings, rules });
  const ids = Array.from({ length: 1000 }, (_, at) => id(at.toString(16).padStart(3, '0')));
  for (const each of ids) await new VerdictCache(store, 'rules').keep(new Map([[each, told]]));
  const cache = new VerdictCache(store, 'rules');
  for (const each of ids) assert.deepEqual(cache.recall(each), told);
});

test('text that looks like another verdict does not become one', async () => {
  const { store } = memory();
  const forged = `\n${id('ac')} rules ${JSON.stringify({ ...verdict('x'), status: 'PASS' })}`;
  await new VerdictCache(store, 'rules').keep(new Map([[id('ab'), verdict(forged)]]));
  assert.equal(new VerdictCache(store, 'rules').recall(id('ac')), undefined);
});

test('what others have kept meanwhile stays', async () => {
  const { store } = memory();
  const [one, two] = [new VerdictCache(store, 'rules'), new VerdictCache(store, 'rules')];
  assert.equal(one.recall(id('a1')), undefined);
  await two.keep(new Map([[id('a2'), verdict('two')]]));
  await one.keep(new Map([[id('a1'), verdict('one')]]));
  const later = new VerdictCache(store, 'rules');
  assert.deepEqual([later.recall(id('a1')), later.recall(id('a2'))], [verdict('one'), verdict('two')]);
});

test('an entry stays below its limit, the oldest verdicts go first, and one that is too large is not kept', async () => {
  const { store, entries } = memory();
  const cache = () => new VerdictCache(store, 'rules');
  const large = 'x'.repeat(400_000);
  for (const name of ['a1', 'a2', 'a3']) await cache().keep(new Map([[id(name), verdict(large)]]));
  assert.deepEqual(
    ['a1', 'a2', 'a3'].map((name) => cache().recall(id(name)) !== undefined),
    [false, true, true],
  );
  await cache().keep(new Map([[id('a4'), verdict('x'.repeat(2_000_000))]]));
  assert.equal(cache().recall(id('a4')), undefined);
  await cache().keep(new Map([[id('a5'), verdict('small')]]));
  assert.deepEqual(cache().recall(id('a5')), verdict('small'));
  assert.ok([...entries.values()].every(({ length }) => length <= 1024 * 1024));
});

test('there are at most sixteen entries, and one that describes the rules', async () => {
  const { store, entries } = memory();
  const ids = Array.from({ length: 500 }, (_, at) =>
    id(((at * 2654435761) >>> 0).toString(16).padStart(8, '0')),
  );
  await new VerdictCache(store, 'rules').keep(new Map(ids.map((each) => [each, verdict(each)])));
  assert.equal(entries.size, 17);
  const cache = new VerdictCache(store, 'rules');
  for (const each of ids) assert.deepEqual(cache.recall(each), verdict(each));
});

test('whatever may change a verdict changes the key', async () => {
  const one = { path: 'one.guard', id: id('a1') };
  const two = { path: 'two.guard', id: id('a2') };
  const many = Array.from({ length: 100 }, (_, at) => ({ path: `${at}.guard`, id: id('a1') }));
  const judges: Judge[] = [
    JUDGE,
    { ...JUDGE, files: many },
    { ...JUDGE, files: [...many, one] },
    { ...JUDGE, build: 'b2' },
    { ...JUDGE, runtime: 'v22.0.0' },
    { ...JUDGE, packs: [] },
    { ...JUDGE, packs: ['published'] },
    { ...JUDGE, packs: ['baseline', 'published'] },
    { ...JUDGE, packs: ['base', 'line'] },
    { ...JUDGE, intrinsics: false },
    { ...JUDGE, files: [one] },
    { ...JUDGE, files: [one, two] },
    { ...JUDGE, files: [two, one] },
    { ...JUDGE, files: [{ ...one, id: two.id }] },
    { ...JUDGE, files: [{ ...one, path: 'renamed.guard' }] },
    { ...JUDGE, mentioned: ['one'] },
    { ...JUDGE, mentioned: [one.path, one.id] },
    { ...JUDGE, files: [one], mentioned: ['one'] },
  ];
  const keys = await Promise.all(judges.map(verdictsKey));
  assert.equal(new Set(keys).size, judges.length);
  assert.deepEqual(await Promise.all(judges.map(verdictsKey)), keys);
  assert.ok(keys.every((key) => /^[\w./+-]+$/.test(key)));
});
