import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { openRepo, withRepo } from './support/repo.ts';
import { NO_ROOT, taskDefinition } from './support/templates.ts';

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
    const expected = [1, 2, 3, 4].map((shard) => `ecs-guard-staged --shard ${shard}/4 --format json --all\n`);
    assert.equal(stderr, expected.join(''));
  }
});

test('the workflow has as many machines as it shares out to', () => {
  const text = blocks('yaml').find((block) => block.includes('--shard')) ?? '';
  const { shard } = parse(text).jobs.shard.strategy.matrix;
  assert.deepEqual(shard, [1, 2, 3, 4]);
  assert.ok(text.includes(`--shard \${{ matrix.shard }}/${shard.length} `));
});

test('the workflow for pull requests stops one that adds a violation, with all of the history only', (t) => {
  const { steps } = parse(blocks('yaml').find((block) => block.includes('--base')) ?? '').jobs.policies;
  const [checkout] = steps;
  assert.deepEqual(checkout.with, { 'fetch-depth': 0 });
  const origin = withRepo(t);
  origin.stage({
    'no-root.guard': NO_ROOT,
    '.ecs-guardrc.json': '{ "packs": [], "rules": ["no-root.guard"] }\n',
    'old.yml': taskDefinition('root'),
  });
  origin.git('commit', '-qm', 'main');
  const tsx = fileURLToPath(new URL('../node_modules/.bin/tsx', import.meta.url));
  const program = fileURLToPath(new URL('../src/bin.ts', import.meta.url));
  origin.write('../bin/npx', `#!/bin/sh\nshift\nexec '${tsx}' '${program}' "$@"\n`, 0o755);
  const pullRequest = (branch: string, ...depth: string[]) => {
    const clone = openRepo(origin.at(`../${branch}${depth}`), origin.env);
    origin.git('clone', '-q', ...depth, '--branch', branch, `file://${origin.path}`, clone.path);
    const env = { PATH: origin.at('../bin') + delimiter + origin.env.PATH, GITHUB_BASE_REF: 'main' };
    return clone.run('sh', ['-e', '-c', steps.at(-1).run], { env });
  };
  for (const [branch, user, status] of [
    ['touches', 'root', 0],
    ['worsens', 'app\n        - Name: other\n          Image: busybox\n          User: root', 1],
  ] as const) {
    origin.git('checkout', '-qb', branch, 'main');
    origin.stage({ 'old.yml': `# ${branch}\n${taskDefinition(user)}` });
    origin.git('commit', '-qm', branch);
    const outcome = pullRequest(branch);
    assert.equal(outcome.status, status, outcome.stdout + outcome.stderr);
  }
  const shallow = pullRequest('touches', '--depth=1');
  assert.equal(shallow.status, 2);
  assert.match(shallow.stdout, /^::error.*origin\/main/);
});
