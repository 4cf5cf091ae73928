import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from '../../src/cli/run.ts';
import { type Format, REPORTERS } from '../../src/reporters/index.ts';
import { captureIo } from '../support/io.ts';
import { type Repo, temporaryFolder, withRepo } from '../support/repo.ts';
import { NO_ROOT, taskDefinition } from '../support/templates.ts';

async function outcome(place: Pick<Repo, 'path' | 'env'>, ...argv: string[]) {
  const io = captureIo({ cwd: place.path, env: place.env });
  return { code: await run(argv, io), out: io.out(), err: io.err() };
}

const FORMATS = Object.keys(REPORTERS) as Format[];
const VIOLATION: Readonly<Record<Format, RegExp>> = {
  compact: /^bad\.yml:8:17 {2}/,
  json: /"rules": \[\s*\{\s*"name": "no_root",\s*"file": "no-root\.guard",\s*"help": "Why not\."/,
  sarif: /"startLine": 8,\s*"startColumn": 17/,
  junit: /<failure message="run as somebody else">bad\.yml:8:17 /,
  github: /^::error file=bad\.yml,line=8,col=17,title=no_root::Worker › app: run as somebody else\n$/,
};

for (const format of FORMATS) {
  test(`--format ${format} tells of a violation`, async (t) => {
    const repo = withRepo(t);
    repo.write('no-root.guard', `# Why not.\n${NO_ROOT}`);
    repo.stage({ 'bad.yml': taskDefinition('root') });
    const { code, out } = await outcome(repo, '-f', format, '--pack', 'none', '-r', 'no-root.guard');
    assert.match(out, VIOLATION[format]);
    assert.equal(code, 1);
  });

  test(`--format ${format} tells that nothing at all could be judged`, async (t) => {
    const place = { path: temporaryFolder(t), env: { PATH: process.env.PATH ?? '' } };
    const { code, out, err } = await outcome(place, '--format', format);
    assert.match(out, /✖ 1 problem|not a git repository/);
    assert.match(err, /not a git repository/);
    assert.equal(code, 2);
  });
}

test('SARIF names the version of the package and the help of the rules', async (t) => {
  const repo = withRepo(t);
  repo.stage({ 'bad.yml': taskDefinition('root') });
  const { driver } = JSON.parse((await outcome(repo, '--format', 'sarif')).out).runs[0].tool;
  assert.equal(`${driver.version}\n`, (await outcome(repo, '--version')).out);
  const rule = driver.rules.find(({ id }: { id: string }) => id === 'tasks_denied_root_user');
  assert.equal(rule.shortDescription.text, 'Containers must not run as root, nor with the root group.');
});
