import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check } from '../../src/check/check.ts';
import { apiName, FREE_FORM_PROPERTIES } from '../../src/template/task-definition/names.ts';
import { toPlain } from '../support/plain.ts';
import { withRepo } from '../support/repo.ts';
import { shippedRules, testsOf } from '../support/rules.ts';

type Plain = Readonly<Record<string, unknown>>;

test('raw task definitions are judged as the templates of the unit tests are', async (t) => {
  const repo = withRepo(t);
  const expected = new Map<string, boolean>();
  for (const rule of shippedRules().filter(({ pack }) => pack !== 'published'))
    for (const [at, { input, expectations }] of testsOf(rule).entries()) {
      const raw = rawForm(toPlain(input) as Plain);
      if (raw === undefined) continue;
      const path = `${rule.name}-${at}.json`;
      expected.set(path, expectations.get(rule.name) === 'FAIL');
      repo.write(path, JSON.stringify(raw));
    }
  assert.ok(expected.size > 300);
  const severity = Object.fromEntries(shippedRules().map(({ name }) => [name, 'error']));
  repo.write('.ecs-guardrc.json', JSON.stringify({ packs: ['strict'], severity }));
  const { findings, diagnostics } = await check({
    cwd: repo.path,
    env: repo.env,
    paths: ['.'],
    elapsed: () => 0,
  });
  assert.deepEqual(diagnostics, []);
  const found = new Set(findings.map(({ file, rule }) => `${file} ${rule}`));
  const wrong = [...expected].filter(
    ([path, fails]) => found.has(`${path} ${path.replace(/-\d+\.json$/, '')}`) !== fails,
  );
  assert.deepEqual(wrong, []);
});

/** What `register-task-definition` takes for the only task definition of a template without intrinsic functions. */
function rawForm({ Resources: resources, Parameters: parameters }: Plain): unknown {
  const [resource, ...further] = Object.values((resources ?? {}) as Plain) as Plain[];
  if (resource?.Type !== 'AWS::ECS::TaskDefinition' || further.length > 0 || parameters !== undefined) return;
  const properties = resource.Properties as Plain | undefined;
  if (properties?.ContainerDefinitions === undefined) return;
  // Braces are dynamic references of CloudFormation, and placeholders in raw files.
  if (/"(Ref|Fn::[A-Za-z]+)":|\{\{/.test(JSON.stringify(properties))) return;
  return { family: 'app', ...(apiForm(properties) as Plain) };
}

function apiForm(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(apiForm);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => {
      const name = key === 'FilesystemId' ? 'fileSystemId' : apiName(key);
      return [name, FREE_FORM_PROPERTIES.has(name) ? entry : apiForm(entry)];
    }),
  );
}
