import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { run } from '../../src/cli/run.ts';
import { captureIo } from '../support/io.ts';

/** What a check of two clean templates writes to standard error, when every look at the clock finds it `step` later. */
async function written(
  context: TestContext,
  { step, terminal, options = [] }: { step: number; terminal: boolean; options?: string[] },
): Promise<string> {
  const cwd = mkdtempSync(join(tmpdir(), 'progress-'));
  context.after(() => rmSync(cwd, { recursive: true }));
  for (const name of ['a.yml', 'b.yml'])
    writeFileSync(join(cwd, name), 'Resources: {topic: {Type: "AWS::SNS::Topic"}}\n');
  const io = captureIo({ cwd, terminal });
  let time = 0;
  const now = () => {
    time += step;
    return time;
  };
  assert.equal(await run(['--no-cache', ...options, 'a.yml', 'b.yml'], { ...io, now }), 0);
  return io.err();
}

test('a long run on a terminal tells how far it is, and takes that away at the end', async (context) => {
  const wipe = '\r\u001b[K';
  assert.equal(
    await written(context, { step: 1000, terminal: true }),
    `${wipe}judged 1 of 2 files${wipe}judged 2 of 2 files${wipe}`,
  );
});

for (const [what, setting] of Object.entries({
  'a short run': { step: 1, terminal: true },
  'a run into a pipe': { step: 1000, terminal: false },
  'a quiet run': { step: 1000, terminal: true, options: ['--quiet'] },
})) {
  test(`${what} does not tell how far it is`, async (context) => {
    assert.equal(await written(context, setting), '');
  });
}
