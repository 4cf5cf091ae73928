import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { linkTool, packTarball, succeeded, withInstalled } from '../support/installed.ts';
import { README_OUTPUT, readmeBlocks, writeReadmeFiles } from '../support/readme.ts';
import type { Repo } from '../support/repo.ts';

const CLI = 'node_modules/ecs-guard-staged/dist/cli.cjs';

const BAD = `Resources:
  Worker:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: app
          Image: busybox
          User: root
          ReadonlyRootFilesystem: true
`;
const GOOD = BAD.replace('User: root', "User: '1000:1000'");
const VIOLATION = /^infra\/worker\.yml:8:17 {2}Worker › app {2}tasks_denied_root_user {2}\S.*$/m;
const SUMMARY = /^✖ 1 violation in 1 of 1 staged template · 7 rules · \d+ ms · commit rejected$/m;

const tarball = packTarball({ after });

function installed(t: TestContext): Repo {
  return withInstalled(t, tarball);
}

function init(repo: Repo): void {
  succeeded(repo.run(process.execPath, [CLI, 'init']));
}

const commits = (repo: Repo) => Number(repo.git('rev-list', '--count', 'HEAD').stdout);

/** Commits a bad template in vain, then the corrected one. */
function assertGuarded(repo: Repo): void {
  const before = commits(repo);
  repo.stage({ 'infra/worker.yml': BAD, 'infra/notes.txt': 'not a template' });
  const rejected = repo.commit();
  assert.equal(rejected.status, 1);
  const said = rejected.stdout + rejected.stderr;
  assert.match(said, VIOLATION);
  assert.match(said, SUMMARY);
  assert.equal(commits(repo), before);

  repo.stage({ 'infra/worker.yml': GOOD });
  const accepted = repo.commit();
  assert.equal(accepted.status, 0, accepted.stderr);
  assert.equal(commits(repo), before + 1);
}

test('the package is small, runs nothing on installation and depends on nothing', () => {
  assert.ok(tarball.size < 400_000, `${tarball.size} bytes`);
  const manifest = JSON.parse(
    readFileSync(fileURLToPath(new URL('../../package.json', import.meta.url)), 'utf8'),
  );
  assert.equal(manifest.dependencies, undefined);
  for (const script of ['preinstall', 'install', 'postinstall'])
    assert.equal(manifest.scripts[script], undefined);
});

test('the package says what of others is in it, pinned as in the lockfile', () => {
  const read = (name: string) =>
    JSON.parse(readFileSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)), 'utf8'));
  const bill = read('dist/sbom.cdx.json');
  const locked = read('package-lock.json').packages;
  assert.equal(bill.bomFormat, 'CycloneDX');
  assert.equal(bill.metadata.component.version, read('package.json').version);
  const named = bill.components.map(({ name }: { name: string }) => name);
  assert.ok(named.includes('picocolors'));
  for (const { name, version, hashes } of bill.components) {
    const { integrity, version: pinned } = locked[`node_modules/${name}`];
    assert.equal(version, pinned);
    assert.equal(`sha512-${Buffer.from(hashes[0].content, 'hex').toString('base64')}`, integrity);
  }
  const notices = readFileSync(new URL('../../dist/THIRD-PARTY-LICENSES.txt', import.meta.url), 'utf8');
  for (const { name, version } of bill.components)
    assert.match(notices, new RegExp(`^${name} ${version} \\(`, 'm'));
});

test('the package holds what it needs and nothing of our tests', () => {
  const top = new Set(tarball.files.map((file) => file.split('/')[0]));
  assert.deepEqual([...top].sort(), [
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'SECURITY.md',
    'dist',
    'ecs-guardrc.schema.json',
    'hooks',
    'package.json',
    'rules',
  ]);
  for (const file of [
    'dist/cli.cjs',
    'dist/cli-bundle.cjs',
    'dist/commands-bundle.cjs',
    'dist/engine-bundle.cjs',
    'dist/index.js',
    'dist/library.cjs',
    'dist/types/index.d.ts',
    'dist/THIRD-PARTY-LICENSES.txt',
    'hooks/pre-commit',
    'rules/baseline/tasks_denied_root_user.guard',
    'rules/published/tasks_denied_root.guard',
  ])
    assert.ok(tarball.files.includes(file), `${file} is missing`);
});

test('through a plain git hook a bad template is rejected and a corrected one accepted', (t) => {
  const repo = installed(t);
  init(repo);
  assertGuarded(repo);
});

test('through husky a bad template is rejected and a corrected one accepted', (t) => {
  const repo = installed(t);
  linkTool(repo, 'husky');
  succeeded(repo.run(process.execPath, ['node_modules/husky/bin.js']));
  init(repo);
  assert.match(repo.read('.husky/pre-commit'), /ecs-guard-staged/);
  assertGuarded(repo);
});

test('through lint-staged a bad template is rejected and a corrected one accepted', (t) => {
  const repo = installed(t);
  linkTool(repo, 'lint-staged');
  const manifest = JSON.parse(repo.read('package.json'));
  manifest['lint-staged'] = { '*.{yml,yaml,json,template}': 'ecs-guard-staged' };
  repo.stage({ 'package.json': JSON.stringify(manifest) });
  repo.git('commit', '--quiet', '--message', 'configure');
  repo.write(
    '.git/hooks/pre-commit',
    '#!/bin/sh\nexec node node_modules/lint-staged/bin/lint-staged.js\n',
    0o755,
  );
  assertGuarded(repo);
});

test('lint-staged on a partly staged file judges what is staged', (t) => {
  const repo = installed(t);
  linkTool(repo, 'lint-staged');
  repo.write('.lintstagedrc.json', '{ "*.yml": "ecs-guard-staged" }');
  repo.write(
    '.git/hooks/pre-commit',
    '#!/bin/sh\nexec node node_modules/lint-staged/bin/lint-staged.js\n',
    0o755,
  );
  repo.stage({ 'infra/worker.yml': BAD });
  repo.write('infra/worker.yml', GOOD);
  assert.notEqual(repo.commit().status, 0);
  assert.equal(repo.read('infra/worker.yml'), GOOD);
});

test('the staged content decides, not the file on disk', (t) => {
  const repo = installed(t);
  init(repo);
  repo.stage({ 'infra/worker.yml': BAD });
  repo.write('infra/worker.yml', GOOD);
  assert.equal(repo.commit().status, 1);

  repo.stage({ 'infra/worker.yml': GOOD });
  repo.write('infra/worker.yml', BAD);
  assert.equal(repo.commit().status, 0);

  repo.write('infra/worker.yml', BAD);
  assert.equal(repo.commit('--all').status, 1);
  assert.equal(repo.commit('--', 'infra/worker.yml').status, 1);
});

test('a commit without a template never starts node', (t) => {
  const repo = installed(t);
  init(repo);
  const mark = repo.at('../node-was-started');
  repo.write('../watched/node', `#!/bin/sh\ntouch '${mark}'\nexit 1\n`, 0o755);
  const env = { PATH: repo.at('../watched') + delimiter + repo.env.PATH };
  const commit = () => repo.run('git', ['commit', '--message', 'change'], { env });
  repo.stage({ 'src/index.ts': '', 'README.md': '' });
  assert.equal(commit().status, 0);
  assert.equal(existsSync(mark), false);

  repo.stage({ 'infra/worker.yml': GOOD });
  assert.notEqual(commit().status, 0);
  assert.equal(existsSync(mark), true);
});

test('the code cache may be missing, damaged, foreign or impossible to write', (t) => {
  const repo = installed(t);
  repo.stage({ 'infra/worker.yml': BAD });
  const check = () => {
    const { status, stdout, stderr } = repo.run(process.execPath, [CLI, '--no-cache']);
    return { status, stdout: stdout.replace(/\d+ ms/, 'n ms'), stderr };
  };
  const first = check();
  assert.equal(first.status, 1);
  assert.match(first.stdout, VIOLATION);

  const folder = repo.at('node_modules/.cache/ecs-guard-staged');
  const caches = readdirSync(folder).map((name) => join(folder, name));
  assert.equal(caches.length, 2);
  assert.deepEqual(check(), first);

  for (const cache of caches) {
    const bytes = readFileSync(cache);
    bytes[bytes.length >> 1]! ^= 0xff;
    for (const damaged of [bytes, bytes.subarray(0, 1000), '']) {
      writeFileSync(cache, damaged);
      assert.deepEqual(check(), first);
    }
  }
  rmSync(folder, { recursive: true });
  writeFileSync(folder, 'a file where the folder would be');
  assert.deepEqual(check(), first);
});

test('a code cache that a large job left is of use to the next job', (t) => {
  const repo = installed(t);
  repo.write('large.yml', BAD + `# ${'x'.repeat(78)}\n`.repeat(1000));
  const check = () => repo.run(process.execPath, [CLI, '--no-cache', 'large.yml']).status;
  assert.equal(check(), 1);
  const folder = repo.at('node_modules/.cache/ecs-guard-staged');
  const written = () => readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mtimeMs]);
  const first = written();
  assert.equal(first.length, 2);
  // What V8 does not take is made again.
  assert.equal(check(), 1);
  assert.deepEqual(written(), first);
});

test('parsed rules of the user are kept beside the repository and a damaged entry is replaced', (t) => {
  const repo = installed(t);
  repo.write('own.guard', 'rule nothing_is_right { Resources.*.Type == /^$/ }');
  const check = (template: string) => {
    repo.stage({ 'infra/worker.yml': template });
    return repo.run(process.execPath, [CLI, '--pack', 'none', '--rules', 'own.guard']).status;
  };
  assert.equal(check(BAD), 1);
  const folder = repo.at('.git/ecs-guard');
  const path = join(folder, readdirSync(folder).find((name) => name.startsWith('rules-')) ?? '');
  const entry = readFileSync(path);
  writeFileSync(path, 'damaged');
  assert.equal(check(GOOD), 1);
  assert.deepEqual(readFileSync(path), entry);
});

test('a reader that goes away changes neither the exit code nor makes noise', {
  skip: process.platform === 'win32',
}, (t) => {
  const repo = installed(t);
  repo.stage({ 'infra/worker.yml': BAD });
  const script = `{ '${process.execPath}' ${CLI} --format json; echo "code $?" >&2; } | true`;
  assert.equal(repo.run('sh', ['-c', script]).stderr, 'code 1\n');
});

/** What the TypeScript compiler objects to in a file of a project that has no settings of ours. */
function compilerSays(repo: Repo, file: string): string {
  const compiler = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));
  const types = fileURLToPath(new URL('../../node_modules/@types', import.meta.url));
  return repo.run(process.execPath, [
    ...[compiler, '--strict', '--module', 'nodenext', '--target', 'es2022', '--lib', 'es2023'],
    ...['--typeRoots', types, '--types', 'node', '--noEmit', file],
  ]).stdout;
}

test('the examples of README run on the package, and its types need no settings of ours', (t) => {
  const repo = installed(t);
  writeReadmeFiles(repo);
  for (const [name, printed] of Object.entries(README_OUTPUT)) {
    const code = readmeBlocks('ts').find((block) => block.includes(name)) ?? '';
    repo.write('example.mts', code);
    repo.write('example.mjs', code);
    assert.equal(compilerSays(repo, 'example.mts'), '');
    const { stdout, stderr } = repo.run(process.execPath, ['example.mjs']);
    assert.equal(stdout, printed, stderr);
  }
});

test('the types of the package say what the library gives', (t) => {
  const repo = installed(t);
  repo.write(
    'use.mts',
    `import * as library from 'ecs-guard-staged';
const rules: library.Program = library.compileRules('r.guard', 'a == 1');
const templates: library.Template[] = library.loadTemplates('t.yml', new TextEncoder().encode('a: 2'));
const options: library.EvaluationOptions = { now: () => 0 };
const evaluations: library.Evaluation[] = templates.map((each) => library.evaluateTemplate(rules, each, options));
const finding: library.LocatedFinding | undefined = evaluations[0]?.findings[0];
const place: [number, number, string | null] | undefined = finding && [finding.line, finding.column, finding.resource];
// @ts-expect-error A status is one of three words.
const status: 'GOOD' | undefined = evaluations[0]?.status;
const request: library.CheckRequest = { cwd: '.', env: {}, paths: [], elapsed: () => 0 };
const help: Promise<(string | null)[]> = library.check(request).then(({ rules }) => rules.map((rule) => rule.help));
const explain = (error: unknown) => (error instanceof library.DiagnosticError ? error.diagnostic.code : undefined);
export { explain, help, place, status };
`,
  );
  assert.equal(compilerSays(repo, 'use.mts'), '');
});
