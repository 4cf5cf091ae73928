import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDay } from '../../src/source/day.ts';
import { type Marker, readMarker } from '../../src/suppressions/marker.ts';

function marker(comment: string): Marker {
  const read = readMarker(comment);
  return read === undefined || 'mistake' in read ? assert.fail(`${comment}: ${JSON.stringify(read)}`) : read;
}

function mistake(comment: string): string {
  const read = readMarker(comment);
  return read !== undefined && 'mistake' in read ? read.mistake : assert.fail(JSON.stringify(read));
}

test('a comment names rules, a reason and a last day', () => {
  assert.deepEqual(marker('# ecs-guard-ignore no_root: vendor image, until 2027-03-31'), {
    wholeFile: false,
    rules: ['no_root'],
    reason: 'vendor image',
    until: '2027-03-31',
  });
});

test('blanks, tabs and further number signs around the parts do not matter', () => {
  for (const comment of [
    '#ecs-guard-ignore a,b:why',
    '#\tecs-guard-ignore\ta ,\tb\t:\twhy\t',
    '## ecs-guard-ignore a, b : why',
  ])
    assert.deepEqual(marker(comment), { wholeFile: false, rules: ['a', 'b'], reason: 'why', until: null });
});

test('a reason keeps its colons, commas and number signs', () => {
  assert.equal(marker('# ecs-guard-ignore a: see OPS-1: x, y # z').reason, 'see OPS-1: x, y # z');
});

test('the day may be told in several ways', () => {
  for (const text of [
    'why until 2027-03-31',
    'why; until 2027-03-31.',
    'why (until 2027-03-31)',
    'why, until: 2027-03-31',
    'why, UNTIL 2027-03-31 ',
  ])
    assert.deepEqual(marker(`# ecs-guard-ignore a: ${text}`), {
      wholeFile: false,
      rules: ['a'],
      reason: 'why',
      until: '2027-03-31',
    });
});

test('what is no reason is none', () => {
  for (const text of ['', ':', ': -', ': until 2027-03-31', ': , until 2027-03-31'])
    assert.equal(marker(`# ecs-guard-ignore a${text}`).reason, null, text);
});

test('a day that cannot be read makes no excuse that lasts for ever', () => {
  for (const text of [
    'why, until March',
    'why, until',
    'until',
    'why until 2027-3-31',
    'why, until 31.03.2027',
    'why, until 2027-02-30',
    'why, until 2027-03-31 at noon',
    'why, until 2027-03-31, or later',
  ])
    assert.match(mistake(`# ecs-guard-ignore a: ${text}`), /the day cannot be read/, text);
});

test('a sentence may use the word without meaning a day', () => {
  for (const text of ['root until the vendor drops it', 'untilted', 'the untils'])
    assert.deepEqual(marker(`# ecs-guard-ignore a: ${text}`).reason, text);
});

test('the last of several days counts', () => {
  const { reason, until } = marker('# ecs-guard-ignore a: not until 2026-01-01, until 2027-01-01');
  assert.deepEqual([reason, until], ['not until 2026-01-01', '2027-01-01']);
});

test('a comment can be about the whole file', () => {
  assert.equal(marker('# ecs-guard-ignore-file a: generated').wholeFile, true);
});

test('a comment that names the mark and cannot be read is told how it is written', () => {
  for (const comment of [
    '# ecs-guard-ignore',
    '# ecs-guard-ignore: why',
    '# ecs-guard-ignore a, : why',
    '# ecs-guard-ignore a b: why',
    '# ecs-guard-ignore *: why',
    '# ecs-guard-ignore-line a: why',
    '# ecs-guard-ignored a: why',
    '# please ecs-guard-ignore a: why',
  ])
    assert.match(mistake(comment), /write `# ecs-guard-ignore RULE: reason, until 2027-03-31`/, comment);
});

test('other comments are none of our business', () => {
  for (const comment of ['# why', '# ecs-guard-staged ignore', '#'])
    assert.equal(readMarker(comment), undefined);
});

test('a day is one that the calendar has', () => {
  for (const day of ['2027-03-31', '2028-02-29', '0001-01-01']) assert.equal(isDay(day), true, day);
  for (const day of ['2027-02-29', '2027-13-01', '2027-00-10', '2027-3-1', '20270331', '2027-03-31T00', ''])
    assert.equal(isDay(day), false, day);
});
