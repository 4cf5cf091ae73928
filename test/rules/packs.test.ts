import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { readUnitTests } from '../../src/cli/guard/unit-tests.ts';
import { compile, type Program } from '../../src/engine/compile.ts';
import { evaluate, trace } from '../../src/engine/evaluate.ts';
import { Subject } from '../../src/engine/subject.ts';
import { parseRules } from '../../src/language/parser.ts';
import { type Finding, findings } from '../../src/report/findings.ts';
import { Source } from '../../src/source/source.ts';
import { loadGuardData } from '../../src/template/guard-data.ts';

type Pack = 'published' | 'baseline';

const RULES = new URL('../../rules/', import.meta.url);
const TEMPLATES = new URL('../../fixtures/ecs/', import.meta.url);
const POLICIES = [
  'awslogs_nonblocking_condition',
  'readonly_root_filesystem_condition',
  'tasks_denied_linux_capabilities',
  'tasks_denied_privileged_condition',
  'tasks_denied_root',
];

for (const pack of ['published', 'baseline'] as const) {
  describe(`The pack ${pack}`, () => {
    test('has one file and one test file for each of the five policies, and nothing else', () => {
      const expected = POLICIES.flatMap((policy) => [`${policy}.guard`, `${policy}.tests.yaml`]);
      assert.deepEqual(readdirSync(new URL(pack, RULES)).sort(), expected);
    });

    for (const policy of POLICIES) {
      test(`has only the rule ${policy} in its file`, () => {
        const names = programOf(pack, policy).rules.map(({ rule }) => rule.name);
        assert.deepEqual(names, [policy]);
      });

      describe(policy, () => {
        const program = programOf(pack, policy);
        const cases = readUnitTests(readFileSync(new URL(`${pack}/${policy}.tests.yaml`, RULES), 'utf8'));
        const wanted = cases.map(({ expectations }) => expectations.get(policy));

        test('is tested with templates that pass, fail and are skipped', () => {
          assert.deepEqual([...new Set(wanted)].sort(), ['FAIL', 'PASS', 'SKIP']);
        });

        for (const { name, input, expectations } of cases) {
          test(String(name), () => {
            const { rules } = evaluate(program, new Subject(input));
            assert.deepEqual(
              rules.map(({ rule, status }) => [rule.name, status]),
              [...expectations],
            );
          });
        }
      });
    }
  });
}

describe('The root policy', () => {
  test('as published finds a missing user and names with root in them', () => {
    assert.deepEqual(places('published', 'tasks_denied_root', 'users.yaml'), [
      '10 NoUser web',
      '27 UserName web',
      '35 GroupName web',
      '44 Nonroot web',
      '55 SecondContainer sidecar',
      '63 Windows web',
    ]);
  });

  test('of the baseline finds every spelling of root, and nothing but root', () => {
    assert.deepEqual(places('baseline', 'tasks_denied_root', 'users.yaml'), [
      '10 NoUser web',
      '19 UserIdZero web',
      '27 UserName web',
      '35 GroupName web',
      '55 SecondContainer sidecar',
      '72 Daemon agent',
    ]);
  });

  test('of the baseline takes AWS::NoValue for a missing user and leaves other intrinsic functions alone', () => {
    assert.deepEqual(places('baseline', 'tasks_denied_root', 'intrinsics.yaml'), ['50 Containers worker']);
  });
});

describe('The filesystem policy', () => {
  test('as published accepts nothing but the boolean', () => {
    assert.deepEqual(places('published', 'readonly_root_filesystem_condition', 'filesystems.yaml'), [
      '14 ByDefault web',
      '23 Writable web',
      '31 AsText web',
      '39 FromParameter web',
    ]);
  });

  test('of the baseline accepts what CloudFormation takes for true, and what is not known yet', () => {
    assert.deepEqual(places('baseline', 'readonly_root_filesystem_condition', 'filesystems.yaml'), [
      '14 ByDefault web',
      '23 Writable web',
    ]);
  });
});

describe('The privilege policies', () => {
  for (const pack of ['published', 'baseline'] as const) {
    test(`of the pack ${pack} find privileged containers`, () => {
      assert.deepEqual(places(pack, 'tasks_denied_privileged_condition', 'privileges.json'), [
        '12 Privileged agent',
        '24 PrivilegedAsText agent',
      ]);
    });
  }

  test('as published find a list of added capabilities, even an empty one', () => {
    assert.deepEqual(places('published', 'tasks_denied_linux_capabilities', 'privileges.json'), [
      '39 Capabilities agent',
      '59 NothingAdded agent',
    ]);
  });

  test('of the baseline find each added capability', () => {
    assert.deepEqual(places('baseline', 'tasks_denied_linux_capabilities', 'privileges.json'), [
      '40 Capabilities agent',
      '41 Capabilities agent',
    ]);
  });
});

describe('The logging policy', () => {
  test('as published judges all containers as soon as one of them uses awslogs', () => {
    assert.deepEqual(places('published', 'awslogs_nonblocking_condition', 'logging.yaml'), [
      '15 Blocking web',
      '27 NoMode web',
      '27 NoMode web',
      '40 LargerBuffer web',
      '41 LargerBuffer sidecar',
      '41 LargerBuffer sidecar',
      '55 SmallBuffer web',
      '64 OtherDriver web',
      '64 OtherDriver web',
    ]);
  });

  test('of the baseline judges containers that use awslogs, and accepts larger buffers', () => {
    assert.deepEqual(places('baseline', 'awslogs_nonblocking_condition', 'logging.yaml'), [
      '15 Blocking web',
      '27 NoMode web',
      '27 NoMode web',
      '55 SmallBuffer web',
    ]);
  });
});

test('Messages say what is wrong and what to do', () => {
  assert.deepEqual(messages('tasks_denied_root', 'users.yaml'), [
    "User is not set, so the container may run as root; set it, e.g. User: '1000:1000'",
    "User is root or uid 0; run as another user, e.g. User: '1000:1000'",
    "The group in User is root or gid 0; run with another group, e.g. User: '1000:1000'",
    "User is uid 0, which is root; run as another user, e.g. User: '1000:1000'",
  ]);
  for (const policy of POLICIES) {
    const all = readdirSync(TEMPLATES).flatMap((template) => messages(policy, template));
    assert.notEqual(all.length, 0);
    for (const message of all) assert.match(message, /^[^\n;]+; [a-z][^\n;]+$/);
  }
});

test('A sound service satisfies both packs', () => {
  for (const pack of ['published', 'baseline'] as const) {
    for (const policy of POLICIES) assert.deepEqual(places(pack, policy, 'sound.yaml'), []);
  }
});

function programOf(pack: Pack, policy: string): Program {
  const url = new URL(`${pack}/${policy}.guard`, RULES);
  const source = new Source(`${policy}.guard`, readFileSync(url, 'utf8'));
  return compile(parseRules(source), source);
}

/** Line, resource and container of each finding. */
function places(pack: Pack, policy: string, template: string): readonly string[] {
  return found(pack, policy, template).map(
    ({ value, resource, container }) =>
      `${value.source?.position(value.start).line} ${resource} ${container}`,
  );
}

/** The messages of the baseline, each once. */
function messages(policy: string, template: string): readonly string[] {
  return [...new Set(found('baseline', policy, template).map(({ message }) => message))];
}

function found(pack: Pack, policy: string, template: string): readonly Finding[] {
  const { root } = loadGuardData(template, readFileSync(new URL(template, TEMPLATES)));
  return findings(trace(programOf(pack, policy), new Subject(root)), root);
}
