import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { Program } from '../../src/engine/compile.ts';
import { compileRules } from '../../src/engine/compile-rules.ts';
import { evaluateTemplate } from '../../src/report/evaluation.ts';
import { possibilitiesOf } from '../../src/report/possible-findings.ts';
import { loadTemplates } from '../../src/template/templates.ts';
import type { Json, JsonMap } from '../intrinsics/brute-force.ts';

/*
 * The unit tests of all packs, each with one value at a time taken away: what nobody knows may be what the rule is content with or
 * what it is not, so neither verdict may become the other one.
 */

const RULES = fileURLToPath(new URL('../../rules/', import.meta.url));

interface UnitTest {
  readonly name: string;
  readonly input: JsonMap | null;
}

function unitTestsOf(path: string): readonly UnitTest[] {
  // Unit tests are YAML 1.1, as templates are.
  return parse(readFileSync(path, 'utf8'), { version: '1.1', merge: true }) as readonly UnitTest[];
}

function statusOf(program: Program, template: Json): string {
  const [loaded] = loadTemplates('t.json', Buffer.from(JSON.stringify(template)));
  assert.ok(loaded !== undefined);
  return (possibilitiesOf(loaded)?.judge(program) ?? evaluateTemplate(program, loaded)).status;
}

type Path = readonly (string | number)[];

/** Where CloudFormation takes a function: below the properties of resources, but not in other functions. */
function placesOf(template: JsonMap): readonly Path[] {
  const resources = Object.entries((template.Resources ?? {}) as { readonly [id: string]: JsonMap });
  return resources.flatMap(([id, resource]) =>
    isMap(resource?.Properties) ? placesIn(resource.Properties, ['Resources', id, 'Properties']) : [],
  );
}

function placesIn(value: Json, path: Path): readonly Path[] {
  const children = Array.isArray(value)
    ? value.map((child, index) => [index, child] as const)
    : isMap(value)
      ? Object.entries(value)
      : [];
  if (children.some(([key]) => isFunction(key))) return [];
  // What somebody takes care to give is taken to be something.
  const isEmpty = value === null || value === '' || (typeof value === 'object' && children.length === 0);
  const inside = children.flatMap(([key, child]) => placesIn(child, [...path, key]));
  return isEmpty || path.length === 3 || holdsFunction(value) ? inside : [path, ...inside];
}

function isMap(value: Json | undefined): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFunction(key: string | number): boolean {
  return key === 'Ref' || String(key).startsWith('Fn::');
}

function holdsFunction(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, child]) => isFunction(key) || holdsFunction(child));
}

function replaced(value: Json, [key, ...rest]: Path, by: Json): Json {
  if (key === undefined) return by;
  if (Array.isArray(value))
    return value.map((child: Json, index) => (index === key ? replaced(child, rest, by) : child));
  const map = value as JsonMap;
  return { ...map, [key]: replaced(map[key]!, rest, by) };
}

const CONTRADICTIONS: { readonly [status: string]: readonly string[] } = {
  FAIL: ['PASS', 'SKIP'],
  PASS: ['FAIL'],
  SKIP: ['FAIL'],
};

for (const pack of ['published', 'baseline', 'recommended', 'strict'])
  test(`no rule of the pack ${pack} takes a value that nobody knows for one that it knows`, () => {
    const files = readdirSync(`${RULES}${pack}`).filter((name) => name.endsWith('.tests.yaml'));
    let replacements = 0;
    for (const file of files) {
      const rule = file.replace('.tests.yaml', '.guard');
      const program = compileRules(rule, readFileSync(`${RULES}${pack}/${rule}`, 'utf8'));
      for (const { name, input } of unitTestsOf(`${RULES}${pack}/${file}`)) {
        if (!isMap(input ?? undefined)) continue;
        const status = statusOf(program, input!);
        for (const path of placesOf(input!)) {
          const open = replaced(input!, path, { Ref: 'Unknown' }) as JsonMap;
          const parameters = { ...(open.Parameters as JsonMap | undefined), Unknown: { Type: 'String' } };
          const known = statusOf(program, { ...open, Parameters: parameters });
          assert.ok(
            !(CONTRADICTIONS[status] ?? []).includes(known),
            `${rule}, ${name}: ${status}, but ${known} when nobody knows /${path.join('/')}`,
          );
          replacements++;
        }
      }
    }
    assert.ok(replacements > 0);
  });
