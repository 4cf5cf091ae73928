import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { withRepo } from './support/repo.ts';

const PAGE = readFileSync(new URL('../docs/ci.md', import.meta.url), 'utf8');
const blocks = (language: string) =>
  [...PAGE.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, code = '']) => code,
  );

test('the loop over shards runs each of them and ends with the largest exit code', (t) => {
  const repo = withRepo(t);
  // Stands for the program: notes its arguments and ends with the code named after the shard.
  repo.write('../bin/npx', '#!/bin/sh\necho "$*" >&2\neval "exit \\$CODE_${3%/4}"\n', 0o755);
  const loop = blocks('sh').at(-1) ?? '';
  for (const codes of ['0000', '0100', '1121', '2000', '0012']) {
    const [CODE_1, CODE_2, CODE_3, CODE_4] = codes;
    const env = { PATH: repo.at('../bin') + delimiter + repo.env.PATH, CODE_1, CODE_2, CODE_3, CODE_4 };
    const { status, stderr } = repo.run('sh', ['-e', '-c', loop], { env });
    assert.equal(status, Math.max(...Array.from(codes, Number)), codes);
    const expected = [1, 2, 3, 4].map((shard) => `ecs-guard-staged --shard ${shard}/4 --format json .\n`);
    assert.equal(stderr, expected.join(''));
  }
});

test('the workflow has as many machines as it shares out to', () => {
  const [text = ''] = blocks('yaml');
  const { shard } = parse(text).jobs.shard.strategy.matrix;
  assert.deepEqual(shard, [1, 2, 3, 4]);
  assert.ok(text.includes(`--shard \${{ matrix.shard }}/${shard.length} `));
});
