import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import {
  addToHook,
  hookBlock,
  hookCommand,
  hookFor,
  hookLine,
  isShellScript,
  isShippedHook,
  removeFromHook,
  runsItself,
} from '../../../src/cli/install/hook-text.ts';
import { withRepo } from '../../support/repo.ts';

const LINES = ['echo first', 'echo check || exit $?'];
const ADDED = LINES.join('\n');

test('lines go to the end of a script that reaches its end', () => {
  for (const script of [
    '',
    'npm test\n',
    '#!/bin/sh\nnpm test\n',
    '#!/bin/sh\nnpm test || exit 1\n',
    '#!/bin/sh\n# then exit\nexec 1>&2\nnpm test\n',
    '#!/bin/sh\nexit_code=3; excellent; cdk synth\n',
  ])
    assert.equal(addToHook(script, LINES), `${script}${ADDED}\n`);
});

test('a script without a final line break keeps having none', () => {
  assert.equal(addToHook('npm test', LINES), `npm test\n${ADDED}`);
});

test('lines come first in a script that may leave early or move elsewhere', () => {
  for (const body of [
    'npm test\nexit 0\n',
    'npm test; exit\n',
    'npm test\nexit $?\n',
    '[ -n "$X" ] && exit 0\nnpm test\n',
    'if a; then exit 0; fi\n',
    'exec npm test\n',
    'exec 2>&1 npm test\n',
    'cd infra\nnpm test\n',
    '(cd infra && npm test)\n',
    'cat <<EOF\ntext\n',
    'npm \\\n',
  ]) {
    assert.equal(addToHook(`#!/bin/sh -x\n${body}`, LINES), `#!/bin/sh -x\n${ADDED}\n${body}`);
    assert.equal(addToHook(body, LINES), `${ADDED}\n${body}`);
  }
});

test('a script that is only a first line keeps it first', () => {
  assert.equal(addToHook('#!/bin/sh', LINES), `#!/bin/sh\n${ADDED}`);
});

test('a block of an earlier time is replaced, not repeated', () => {
  for (const script of ['#!/bin/sh\nnpm test\n', '#!/bin/sh\nexit 0\n']) {
    const before = addToHook(script, hookBlock('old/node_modules/ecs-guard-staged'));
    const after = addToHook(before, hookBlock('node_modules/ecs-guard-staged'));
    assert.equal(after, addToHook(script, hookBlock('node_modules/ecs-guard-staged')));
  }
});

test('scripts of every shell are known, other programs are not', () => {
  for (const first of [
    '#!/bin/sh',
    '#! /bin/bash -e',
    '#!/usr/bin/env sh',
    '#!/usr/bin/env -S bash -e',
    '#!/bin/zsh',
    '',
  ])
    assert.equal(isShellScript(`${first}\nnpm test\n`), true, first);
  for (const first of [
    '#!/usr/bin/env node',
    '#!/usr/bin/python3',
    '#!/usr/bin/fish',
    '#!/usr/bin/env -S deno run',
  ])
    assert.equal(isShellScript(`${first}\nnpm test\n`), false, first);
  assert.equal(isShellScript('\x7fELF\0\0'), false);
});

test('a call that somebody wrote is recognised, a comment or our own block is not one', () => {
  for (const line of [
    'npx ecs-guard-staged',
    'sh node_modules/ecs-guard-staged/hooks/pre-commit',
    'ecs-guard-staged',
  ])
    assert.equal(runsItself(`#!/bin/sh\n${line}\n`), true, line);
  assert.equal(runsItself('#!/bin/sh\n# ecs-guard-staged is nice\n'), false);
  assert.equal(runsItself(`#!/bin/sh\n${hookBlock('node_modules/ecs-guard-staged').join('\n')}\n`), false);
});

test('the copy of the hook is told where the package is, and is still known as a copy', () => {
  const shipped =
    '#!/bin/sh\n# ecs-guard-staged: judges templates\npackage=node_modules/ecs-guard-staged\necho $package\n';
  const copy = hookFor(shipped, "it's $& infra/node_modules/ecs-guard-staged");
  assert.equal(
    spawnSync('sh', ['-c', copy], { encoding: 'utf8' }).stdout.trim(),
    "it's $& infra/node_modules/ecs-guard-staged",
  );
  assert.equal(isShippedHook(copy), true);
  assert.equal(isShippedHook('#!/bin/sh\nnpm test\n'), false);
});

test('names that mean something to a shell are quoted', () => {
  assert.equal(
    hookLine('node_modules/ecs-guard-staged'),
    'sh node_modules/ecs-guard-staged/hooks/pre-commit || exit $?',
  );
  assert.equal(hookLine("a b/it's"), "sh 'a b/it'\\''s/hooks/pre-commit' || exit $?");
});

test('what was added to a script can be taken away, byte for byte', () => {
  for (const script of [
    '',
    '#!/bin/sh',
    '#!/bin/sh\n',
    'npm test',
    'npm test\n',
    '#!/bin/sh\nexit 0\n\n',
    'cd a\r\n',
  ])
    for (const folder of ['node_modules', "in fra's/node_modules"])
      for (const lines of [[hookLine(`${folder}/ecs-guard-staged`)], hookBlock(`${folder}/ecs-guard-staged`)])
        assert.equal(removeFromHook(addToHook(script, lines)), script);
});

test('what others wrote is not taken away', () => {
  const script = 'npx ecs-guard-staged\n# sh node_modules/ecs-guard-staged/hooks/pre-commit || exit $?\n';
  assert.equal(removeFromHook(script), script);
});

test('the command for the configuration of git keeps the exit code of the hook', (t) => {
  const repo = withRepo(t);
  repo.write("in fra's/node_modules/ecs-guard-staged/hooks/pre-commit", 'echo ran; exit 3\n');
  const { status, stdout } = repo.run('sh', ['-c', hookCommand("in fra's/node_modules/ecs-guard-staged")]);
  assert.deepEqual([status, stdout], [3, 'ran\n']);
});
