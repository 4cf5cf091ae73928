import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from '../src/cli/run.ts';
import { REPORTERS } from '../src/reporters/index.ts';
import { captureIo } from './support/io.ts';
import {
  README_OUTPUT,
  readmeBlock,
  readmeBlocks,
  readmeFormats,
  writeReadmeFiles,
} from './support/readme.ts';
import { withRepo } from './support/repo.ts';

test('README shows what a rejected commit prints', async (t) => {
  const repo = withRepo(t);
  writeReadmeFiles(repo);
  repo.git('add', '.');
  const io = captureIo({ cwd: repo.path, env: repo.env });
  assert.equal(await run([], io), 1);
  const [prompt, ...shown] = readmeBlock('text', '$ git commit').split('\n');
  assert.match(prompt ?? '', /^\$ git commit/);
  const masked = (text: string) => text.replace(/\d+ ms/, 'n ms');
  assert.equal(masked(shown.join('\n')), masked(io.out()));
});

test('README lists every format', () => {
  assert.deepEqual(readmeFormats(), Object.keys(REPORTERS));
});

for (const [name, printed] of Object.entries(README_OUTPUT))
  test(`the README example of ${name} runs and prints what it says`, (t) => {
    const repo = withRepo(t);
    writeReadmeFiles(repo);
    const code = readmeBlock('ts', `import { ${name === 'check' ? '' : 'compileRules, '}${name}`);
    repo.write(
      'example.mts',
      code.replace("'ecs-guard-staged'", `'${import.meta.resolve('../src/index.ts')}'`),
    );
    const { stdout, stderr } = repo.run(process.execPath, [
      '--import',
      import.meta.resolve('tsx'),
      'example.mts',
    ]);
    assert.equal(stdout, printed, stderr);
  });

test('examples of library code are short, and each of them is run', () => {
  assert.equal(readmeBlocks('ts').length, Object.keys(README_OUTPUT).length);
  for (const block of readmeBlocks('ts')) assert.ok(block.trimEnd().split('\n').length <= 10);
});
