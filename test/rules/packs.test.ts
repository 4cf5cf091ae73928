import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { PACKS } from '../../src/check/pack-names.ts';
import { evaluate } from '../../src/engine/evaluate.ts';
import { Subject } from '../../src/engine/subject.ts';
import { describeRule } from '../../src/report/describe-rule.ts';
import { nativeGuard } from '../support/native.ts';
import { folderOf, programOf, type ShippedRule, shippedRules, sourceOf, testsOf } from '../support/rules.ts';

/*
 * Every rule is a file of Guard text with unit tests in Guard's own format and a page beside it. The unit tests say of
 * what kind they are, which the native tool ignores:
 *
 *   pass, fail, skip   what anybody expects
 *   tricky             what rules of this kind get wrong
 *   raw                keys as the ECS API spells them
 */

const OUTCOMES: { readonly [kind: string]: string } = { pass: 'PASS', fail: 'FAIL', skip: 'SKIP' };

/** Guard's own conversion of keys misses `EFSVolumeConfiguration`, so a unit test cannot show the raw form of it. */
const WITHOUT_RAW_FORM = ['tasks_require_efs_iam', 'tasks_require_efs_transit_encryption'];

const native = nativeGuard();

for (const pack of PACKS) {
  describe(`The pack ${pack}`, () => {
    const rules = shippedRules().filter((rule) => rule.pack === pack);

    test('has the text, the unit tests and the page of each rule, and nothing else', () => {
      const parts = (name: string) => [`${name}.guard`, `${name}.md`, `${name}.tests.yaml`];
      assert.deepEqual(readdirSync(folderOf(pack)).sort(), rules.flatMap(({ name }) => parts(name)).sort());
    });

    for (const rule of rules) {
      describe(rule.name, () => {
        const cases = testsOf(rule);
        const program = programOf(rule);

        test('is the only rule of its file', () => {
          assert.deepEqual(
            program.rules.map((each) => each.rule.name),
            [rule.name],
          );
        });

        test('is tested with templates of every kind', () => {
          const wanted = kindsOf(rule);
          const missing = wanted.filter((kind) => !cases.some((each) => each.kind === kind));
          assert.deepEqual(missing, []);
          for (const { name, kind, expectations } of cases) {
            assert.ok(wanted.includes(kind ?? ''), `${name}: there is no kind ${kind}`);
            const outcome = expectations.get(rule.name);
            assert.equal(outcome, OUTCOMES[kind ?? ''] ?? outcome, `${name}: a test of the kind ${kind}`);
          }
        });

        for (const { name, input, expectations } of cases) {
          test(String(name), () => {
            const { rules: evaluated } = evaluate(program, new Subject(input));
            assert.deepEqual(
              evaluated.map((each) => [each.rule.name, each.status]),
              [...expectations],
            );
          });
        }

        test('passes its tests with the native tool', {
          skip: native.path === undefined && native.reason,
        }, () => {
          const { status, stdout, stderr } = spawnSync(
            native.path!,
            ['test', '-r', rule.files.rule, '-t', rule.files.tests],
            { encoding: 'utf8' },
          );
          assert.equal(status, 0, `${stdout}\n${stderr}`);
        });
      });
    }
  });
}

test('rules of different packs have different names', () => {
  const names = shippedRules().map(({ name }) => name);
  assert.deepEqual(names, [...new Set(names)]);
});

test('messages say on one line what is wrong and then what to do', () => {
  for (const rule of shippedRules().filter(({ pack }) => pack !== 'published')) {
    const { messages } = describeRule({ ...rule, source: sourceOf(rule), definitions: definitionsOf(rule) });
    assert.notEqual(messages.length, 0, rule.name);
    for (const message of messages) {
      assert.match(message, /^[A-Z"{][^\n]*[^.\n]: [a-z][^\n]*[^.\n]$/, rule.name);
      assert.ok(message.length <= 180, `${rule.name} has a message of ${message.length} characters`);
      const variables = [...message.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      assert.deepEqual(
        variables.filter((name) => name !== 'value'),
        [],
        rule.name,
      );
    }
  }
});

function kindsOf(rule: ShippedRule): string[] {
  const kinds = ['pass', 'fail', 'skip', 'tricky'];
  const hasRawForm = /AWS::ECS::TaskDefinition/.test(sourceOf(rule).text);
  return hasRawForm && !WITHOUT_RAW_FORM.includes(rule.name) ? [...kinds, 'raw'] : kinds;
}

function definitionsOf(rule: ShippedRule) {
  return programOf(rule).rules.map((each) => each.rule);
}
