import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check } from '../../src/check/check.ts';
import { wasMeantAsTemplate } from '../../src/check/recognise.ts';
import { withRepo } from '../support/repo.ts';
import { taskDefinition } from '../support/templates.ts';

const LITTLE = Buffer.from(`\ufeff${taskDefinition('root')}`, 'utf16le');
const BIG = Buffer.from(LITTLE).swap16();

test('a template is known for one in UTF-16 of either byte order, and also when its end is missing', () => {
  for (const bytes of [LITTLE, BIG, LITTLE.subarray(0, -1), BIG.subarray(0, -1)])
    assert.equal(wasMeantAsTemplate(bytes), true);
  assert.equal(wasMeantAsTemplate(Buffer.from('\ufeffreplicas: {{ .Values.replicas }}', 'utf16le')), false);
});

test('a template in UTF-16 is never passed', async (t) => {
  const repo = withRepo(t);
  repo.write('little.yml', LITTLE);
  repo.write('big.yml', BIG);
  const request = { cwd: repo.path, env: repo.env, paths: ['.'], elapsed: () => 0 };
  const { diagnostics } = await check(request);
  assert.deepEqual(
    diagnostics.map(({ file, code }) => [file, code]),
    [
      ['big.yml', 'template-encoding'],
      ['little.yml', 'template-encoding'],
    ],
  );
});
