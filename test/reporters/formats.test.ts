import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Format, REPORTERS } from '../../src/reporters/index.ts';
import { longReport, REPORTS, shownBy } from './reports.ts';

/* fixtures/formats/<report>/<format> is what a format makes of a report. UPDATE_GOLDEN=1 writes them anew. */

const ROOT = fileURLToPath(new URL('../../fixtures/formats/', import.meta.url));
const UPDATE = process.env.UPDATE_GOLDEN === '1';
const GOLDEN: readonly Format[] = ['sarif', 'junit', 'github'];
const FORMATS = Object.keys(REPORTERS) as Format[];

for (const [name, report] of Object.entries(REPORTS))
  for (const format of GOLDEN)
    test(`${format} shows the report ${name} as recorded`, async () => {
      const golden = join(ROOT, name, format);
      const actual = await shownBy(format, report);
      if (UPDATE) {
        mkdirSync(join(ROOT, name), { recursive: true });
        writeFileSync(golden, actual);
      }
      assert.ok(existsSync(golden), `${golden} is missing; record it with UPDATE_GOLDEN=1`);
      assert.equal(actual, readFileSync(golden, 'utf8'));
    });

for (const format of FORMATS) {
  test(`${format} never shows a run that could not judge as a clean one`, async () => {
    const { 'diagnostics-only': troubled = assert.fail(), clean = assert.fail() } = REPORTS;
    const shown = await shownBy(format, { ...troubled, templates: clean.templates });
    assert.notEqual(shown, await shownBy(format, clean));
    assert.match(shown, /problem|"executionSuccessful": false|errors="[1-9]|^::error|"code": "git"/);
  });

  test(`${format} renders a long report, each line of it once`, async () => {
    const shown = await shownBy(format, longReport());
    assert.equal(shown.split('m'.repeat(500)).length - 1, format === 'junit' ? 10_000 : 5000);
    assert.ok(shown.endsWith('\n'));
  });
}
