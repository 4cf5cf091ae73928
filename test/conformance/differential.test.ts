import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { compile, type Program } from '../../src/engine/compile.ts';
import { evaluate } from '../../src/engine/evaluate.ts';
import { EvaluationError } from '../../src/engine/evaluation-error.ts';
import type { Status } from '../../src/engine/status.ts';
import { Subject } from '../../src/engine/subject.ts';
import { parseRules } from '../../src/language/parser.ts';
import { Source } from '../../src/source/source.ts';
import { DataError, loadGuardData } from '../../src/template/guard-data.ts';
import { nativeGuard } from '../support/native.ts';
import { controlTowerRules } from '../support/rule-texts.ts';
import { NATIVE_3_1_1 } from './known-differences.ts';
import { nativeVerdicts, type RuleNames, sorted } from './native-verdicts.ts';

/*
 * Every rule file on every template, here and in the native tool: no rule may have another verdict. `ECS_GUARD_TEMPLATES`
 * names a further folder of templates.
 */

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FOLDERS = [
  join(ROOT, 'fixtures/templates'),
  join(ROOT, 'fixtures/ecs'),
  process.env.ECS_GUARD_TEMPLATES ?? join(ROOT, '../shared/templates'),
];

const STATUSES = ['PASS', 'FAIL', 'SKIP'] as const;

const guard = nativeGuard();
const controlTower = controlTowerRules();
const skip = guard.path === undefined ? guard.reason : false;
const unused = new Set(
  guard.path !== undefined && guard.version === '3.1.1' ? NATIVE_3_1_1.map((each) => each.case) : [],
);

/** The two packs have rules of the same names, which only separate runs tell apart. */
const RULE_SETS: readonly { readonly name: string; readonly paths: readonly string[] }[] = [
  { name: 'Control Tower', paths: controlTower.map(({ path }) => path) },
  ...['published', 'baseline'].map((pack) => ({
    name: pack,
    paths: filesIn(join(ROOT, 'rules', pack), /\.guard$/),
  })),
];

/** The native tool names templates by their real path. */
const templates = FOLDERS.flatMap((folder) => filesIn(folder, /\.(ya?ml|json|template)$/)).map((path) =>
  realpathSync(path),
);

for (const { name, paths } of RULE_SETS) {
  describe(`${name} rules beside the native tool`, { skip: paths.length === 0 ? 'no rules' : skip }, () => {
    const programs = paths.map(programOf);
    const native = nativeVerdicts(guard.path ?? '', paths, templates);
    for (const template of templates) {
      test(basename(template), async () => {
        const verdicts = (await native).get(template) ?? 'refused';
        const differences = difference(ownVerdicts(programs, template), verdicts);
        const unexpected = differences.filter(
          (each) => !unused.delete(`${name}: ${basename(template)}: ${each.split(':')[0]}`),
        );
        assert.deepEqual(unexpected, []);
      });
    }
  });
}

test('every known difference from the native tool is still there', { skip }, () => {
  assert.deepEqual([...unused], []);
});

/** Files below a folder whose names match; none if there is no such folder. */
function filesIn(folder: string, name: RegExp): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => name.test(path))
    .sort()
    .map((path) => join(folder, path));
}

function programOf(path: string): Program {
  const source = new Source(path, readFileSync(path, 'utf8'));
  return compile(parseRules(source), source);
}

function ownVerdicts(programs: readonly Program[], path: string): RuleNames | 'refused' {
  try {
    const subject = new Subject(loadGuardData(path, readFileSync(path)).root);
    const verdicts = programs.flatMap((program) => evaluate(program, subject).rules);
    const names = (wanted: Status) =>
      sorted(verdicts.filter(({ status }) => status === wanted).map(({ rule }) => rule.name));
    return { PASS: names('PASS'), FAIL: names('FAIL'), SKIP: names('SKIP') };
  } catch (error) {
    if (error instanceof DataError || error instanceof EvaluationError) return 'refused';
    throw error;
  }
}

/** The rules whose verdicts differ, with their verdicts here and there. */
function difference(ours: RuleNames | 'refused', native: RuleNames | 'refused'): readonly string[] {
  if (ours === 'refused' || native === 'refused') {
    return ours === native
      ? []
      : [ours === 'refused' ? 'only refused here' : 'only refused by the native tool'];
  }
  const verdictsIn = (names: RuleNames, rule: string) =>
    STATUSES.filter((status) => names[status].includes(rule)).join(' and ') || 'no verdict';
  const rules = sorted(STATUSES.flatMap((status) => [...ours[status], ...native[status]]));
  return rules
    .map((rule) => [rule, verdictsIn(ours, rule), verdictsIn(native, rule)] as const)
    .filter(([, here, there]) => here !== there)
    .map(([rule, here, there]) => `${rule}: ${here}, native ${there}`);
}
