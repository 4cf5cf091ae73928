import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GitError, type GitFailure } from '../../src/git/git-error.ts';

const explain = (failure: Partial<GitFailure>) =>
  new GitError({
    command: ['diff', '--cached'],
    exitCode: 128,
    stdout: Buffer.alloc(0),
    stderr: '',
    ...failure,
  }).diagnostic;

test('each trouble that git is known for has a way out', () => {
  for (const [failure, message, help] of [
    [
      { exitCode: null, interruption: 'ENOENT' },
      'git was not found',
      'install git, or add the folder it is in to PATH',
    ],
    [
      { stderr: "fatal: detected dubious ownership in repository at '/a b'\nTo add an exception…\n" },
      'git does not trust `/a b`, because another user owns it',
      "git config --global --add safe.directory '/a b'",
    ],
    [
      { stderr: 'warning: odd\nfatal: not a git repository (or any of the parent directories): .git\n' },
      'this is not a git repository',
      'run the command inside one, or create one with `git init`',
    ],
    ...[
      'error: bad signature 0x00000000\nfatal: index file corrupt\n',
      'fatal: .git/index: index file smaller than expected\n',
      'fatal: bad index file sha1 signature\n',
    ].map(
      (stderr) =>
        [
          { stderr },
          'git cannot read its index',
          'delete the file `.git/index` and rebuild it with `git reset`',
        ] as const,
    ),
    [
      { stderr: 'fatal: could not fetch 0123abc from promisor remote\n' },
      'this partial clone lacks object 0123abc, which a promisor remote has',
      'let git fetch it, `git cat-file -e 0123abc`, or clone without `--filter`',
    ],
  ] as const)
    assert.deepEqual(explain(failure), { code: 'git', message, help });
});

test('any other trouble is told by the last complaint, or by what ended git', () => {
  for (const [failure, reason] of [
    [{ stderr: 'error: first: one\nfatal: last: two\nhint: try\n' }, 'last: two'],
    [{ stderr: 'warning: odd\nthis is fatal: no\n' }, 'exit code 128'],
    [{ stderr: '', exitCode: 1 }, 'exit code 1'],
    [{ stderr: 'error: half a sent', exitCode: null, interruption: 'SIGTERM' }, 'SIGTERM'],
    [{ exitCode: null, interruption: 'EACCES' }, 'EACCES'],
  ] as const)
    assert.deepEqual(explain(failure), { code: 'git', message: `\`git diff\` failed: ${reason}` });
});
