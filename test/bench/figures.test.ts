import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { plot } from '../../bench/plot.ts';
import { intoReadme } from '../../bench/readme.ts';
import type { Measured, Results } from '../../bench/results.ts';
import { budgetTable, buildTable } from '../../bench/table.ts';

const textOf = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const RECORDED: Results = JSON.parse(textOf('docs/bench.json'));

test('README shows the recorded figures and no others', () => {
  const readme = textOf('README.md');
  assert.equal(intoReadme(readme, RECORDED), readme);
});

test('the plot shows the recorded figures and no others', () => {
  assert.equal(plot(RECORDED), textOf('docs/bench.svg'));
});

const measured = (name: string, median: number, memory: number | null = null): Measured => ({
  name,
  median,
  fastest: median,
  quartiles: [median * 0.9, median * 1.05],
  memory,
});

const RESULTS: Results = {
  environment: {
    commits: { 'this checkout': 'aaaa', main: 'bbbb' },
    date: '2030-01-02',
    processor: 'P',
    cores: 2,
    system: 'S 1',
    node: '20.0.0',
    git: '2.39.0',
    native: '3.1.1',
  },
  jobs: [
    {
      title: 'a job',
      about: '',
      rounds: 5,
      ours: [measured('this checkout', 12.3, 2e7), measured('main', 24.6)],
      references: [{ ...measured('native', 1234, 4e7), budget: 0.3 }],
    },
  ],
  curves: [
    {
      title: 'things',
      points: [
        { size: 10, ours: 20, native: 100 },
        { size: 1000, ours: 200, native: null },
      ],
    },
  ],
};

test('the table has a row for each comparison, and says how it was measured', () => {
  const lines = budgetTable(RESULTS).split('\n');
  assert.deepEqual(lines.slice(2, 4), [
    '| a job | 12 ms | native: 1,234 ms | 0.010 | 0.3 |',
    '| its memory | 20 MB | native: 40 MB | 0.50 | 1 |',
  ]);
  assert.match(
    lines.at(-2) ?? '',
    /within 10 % .* aaaa, bbbb, 2030-01-02: P, 2 cores, .* cfn-guard 3\.1\.1\.$/,
  );
});

test('two revisions stand side by side', () => {
  const lines = buildTable(RESULTS).split('\n');
  assert.equal(lines[0], '| Job | this checkout (aaaa) | main (bbbb) | ratio |');
  assert.equal(lines[2], '| a job | 12 ms | 25 ms | 0.50 |');
});

test('a plot keeps every mark inside of its frame', () => {
  for (const results of [RESULTS, RECORDED]) {
    const svg = plot(results);
    const [, width = 0, height = 0] = (/viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? []).map(Number);
    assert.doesNotMatch(svg, /NaN|undefined|Infinity/);
    for (const [, x] of svg.matchAll(/ c?x[12]?="([^"]+)"/g))
      assert.ok(Number(x) >= -4 && Number(x) <= width);
    for (const [, y] of svg.matchAll(/ c?y[12]?="([^"]+)"/g))
      assert.ok(Number(y) >= 0 && Number(y) <= height);
  }
});

test('a text without a place for the table is refused', () => {
  assert.throws(() => intoReadme('# Title\n', RESULTS), /no place for the table/);
});
