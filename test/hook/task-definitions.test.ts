import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { packTarball, succeeded, withInstalled } from '../support/installed.ts';

const CLI = 'node_modules/ecs-guard-staged/dist/cli.cjs';

const BAD = `{
  "family": "web",
  "containerDefinitions": [
    {
      "name": "app",
      "image": "<IMAGE1_NAME>",
      "readonlyRootFilesystem": true,
      "user": "root"
    }
  ]
}
`;
const GOOD = BAD.replace('"root"', '"1000:1000"');

const tarball = packTarball({ after });

test('a commit with a bad raw task definition is rejected, and a corrected one accepted', (t) => {
  const repo = withInstalled(t, tarball);
  succeeded(repo.run(process.execPath, [CLI, 'init']));
  for (const [name, lineBreak] of [
    ['deploy/taskdef.json', '\n'],
    ['deploy/windows.json', '\r\n'],
  ] as const) {
    const written = (text: string) => ({ [name]: text.replaceAll('\n', lineBreak) });
    repo.stage(written(BAD));
    const { status, stdout, stderr } = repo.commit();
    assert.equal(status, 1);
    const [violation, , summary] = (stdout + stderr).split('\n');
    assert.match(
      violation ?? '',
      new RegExp(`^${name}:8:15 {2}web › app {2}tasks_denied_root_user {2}.*\\broot\\b.* set user to `),
    );
    assert.match(summary ?? '', /^✖ 1 violation in 1 of 1 staged template .* commit rejected$/);

    repo.stage(written(GOOD));
    assert.equal(repo.commit().status, 0);
  }
});
