import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { nativeGuard } from '../../support/native.ts';
import { nativeOutput, ownOutput, parseRun, type ValidateRun } from './validate-run.ts';

/*
 * fixtures/reports/<case>/cmd has a run of `validate` on each line, with a name in front; <name>.out is what the native
 * tool 3.2.0 printed, with the directory replaced. UPDATE_GOLDEN=1 records it anew, always from the native tool.
 */
const ROOT = realpathSync(fileURLToPath(new URL('../../../fixtures/reports', import.meta.url)));
const UPDATE = process.env.UPDATE_GOLDEN === '1';

/** Native order of resources is random; it is asked again until it happens to be the order of the document. */
const ATTEMPTS = 200;

for (const name of readdirSync(ROOT)) {
  describe(`Reports of fixtures/reports/${name}`, () => {
    const directory = join(ROOT, name);
    for (const line of readFileSync(join(directory, 'cmd'), 'utf8').trim().split('\n')) {
      const [title = '', ...words] = line.split(' ');
      test(`${title} equals what the native tool prints`, () => {
        const run = parseRun(directory, words);
        const golden = join(directory, `${title}.out`);
        const actual = portable(ownOutput(run), directory);
        if (UPDATE) writeFileSync(golden, record(run, actual));
        assert.ok(existsSync(golden), `${golden} is missing; record it with UPDATE_GOLDEN=1`);
        assert.equal(actual, readFileSync(golden, 'utf8'));
      });
    }
  });
}

function record(run: ValidateRun, actual: string): string {
  const guard = nativeGuard();
  assert.ok(guard.path !== undefined, 'golden files are recorded from the native tool only');
  let recorded = '';
  for (let attempt = 0; attempt < ATTEMPTS && recorded !== actual; attempt++) {
    const output = nativeOutput(guard.path, run);
    assert.ok(output !== undefined, 'the native tool failed');
    recorded = portable(output, run.directory);
  }
  return recorded;
}

/** SARIF drops the first slash of a path, so it stays outside of the placeholder. */
function portable(text: string, directory: string): string {
  return text.replaceAll(directory.slice(1), '<directory>');
}
