import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ruleSkeleton } from '../../scripts/rule-skeleton.ts';
import { readUnitTests } from '../../src/cli/guard/unit-tests.ts';
import { evaluate } from '../../src/engine/evaluate.ts';
import { Subject } from '../../src/engine/subject.ts';
import { STANDARD_LIMITS } from '../../src/source/limits.ts';
import { programOf } from '../support/judge.ts';

const NEW_RULE = fileURLToPath(new URL('../../scripts/new-rule.ts', import.meta.url));

test('the skeleton of a rule satisfies its own tests', () => {
  const { guard = '', 'tests.yaml': tests = '' } = ruleSkeleton('tasks_require_more');
  for (const { input, expectations } of readUnitTests('tests.yaml', tests, STANDARD_LIMITS)) {
    const { rules } = evaluate(programOf(guard), new Subject(input));
    assert.deepEqual(
      rules.map(({ rule, status }) => [rule.name, status]),
      [...expectations],
    );
  }
});

test('a name that is taken, or is none, is refused', () => {
  const refusal = (...argv: string[]) => {
    const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', NEW_RULE, ...argv], {
      encoding: 'utf8',
    });
    assert.equal(status, 2);
    return stderr;
  };
  assert.match(refusal('tasks_require_user'), /there is a rule `tasks_require_user`/);
  assert.match(refusal('NoSuchName'), /not `NoSuchName`/);
  assert.match(refusal('tasks_require_more', 'none'), /there is no pack `none`/);
});
