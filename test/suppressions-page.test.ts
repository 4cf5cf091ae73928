import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { check } from '../src/check/check.ts';
import type { Report } from '../src/report/report.ts';
import { withRepo } from './support/repo.ts';

const PAGE = readFileSync(new URL('../docs/suppressions.md', import.meta.url), 'utf8');

const [comments = '', metadata = '', shared = '', settings = ''] = [
  ...PAGE.matchAll(/^```(?:yaml|json)\n(.*?)^```$/gms),
].map(([, code]) => code);

/** The rest of a template in YAML that has no properties. */
const PRIVILEGED = 'Properties: { ContainerDefinitions: [{ Name: a, Privileged: true }] }';

for (const [what, file, text, needed] of [
  ['comments', 'a.yml', comments, 4],
  ['the metadata', 'a.json', metadata, 1],
  ['the metadata that other tools read', 'a.yml', `${shared}    ${PRIVILEGED}\n`, 1],
] as const)
  test(`each excuse in ${what} of the page is read, and needed`, async (t) => {
    const { suppressed, remarks } = await reportOn(t, { [file]: text });
    assert.deepEqual(new Set(remarks.map(({ kind }) => kind)), new Set(['suppression-added']));
    assert.equal(suppressed.length, needed);
  });

test('the settings of the page excuse what they name', async (t) => {
  const text = comments.replace(/ *# .*$/gm, '');
  const { suppressed } = await reportOn(t, { '.ecs-guardrc.json': settings, 'vendor/deep/a.yml': text });
  assert.deepEqual(
    suppressed.map(({ rule, suppression }) => [rule, suppression.file]),
    Array(2).fill(['tasks_denied_root_user', '.ecs-guardrc.json']),
  );
});

test('the page says what is told about excuses in the words of the reports', async (t) => {
  const broken = comments
    .replace('2027-03-31', '2020-01-01')
    .replace('vendor image', 'vendor image, until soon')
    .replace('User: root # ', 'User: app # ');
  const { remarks } = await reportOn(t, { 'whole.yml': comments, 'broken.yml': broken });
  const told = [...PAGE.matchAll(/^\| `([^`…]*)…/gm)].map(([, words = '']) => words.trim());
  const said = new Set(remarks.map(({ message }) => told.find((words) => message.startsWith(words))));
  assert.deepEqual(said, new Set(told));
});

function reportOn(
  t: Parameters<typeof withRepo>[0],
  files: Readonly<Record<string, string>>,
): Promise<Report> {
  const repo = withRepo(t);
  for (const [path, text] of Object.entries(files)) repo.write(path, text);
  return check({
    cwd: repo.path,
    env: repo.env,
    paths: ['.'],
    cache: null,
    today: '2027-03-31',
    elapsed: () => 0,
  });
}
