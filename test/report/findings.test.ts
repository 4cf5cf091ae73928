import assert from 'node:assert/strict';
import { test } from 'node:test';
import { traceFailures } from '../../src/engine/evaluate.ts';
import { Subject } from '../../src/engine/subject.ts';
import { findings } from '../../src/report/findings.ts';
import { placeOf } from '../../src/report/place.ts';
import { dataOf, programOf } from '../support/judge.ts';

const TASK = `
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: web
          Image: a
          Privileged: true
        - Image: b
`;

function found(rules: string, data = TASK): string[] {
  const root = dataOf(data);
  return findings(traceFailures(programOf(rules), new Subject(root)).children, {
    source: root.source!,
    root,
  }).map(({ rule, message, value }) => {
    const { resource, container } = placeOf(value);
    const { line, column } = value.source?.position(value.start) ?? { line: 0, column: 0 };
    return `${line}:${column} ${resource} ${container} ${rule}: ${message}`;
  });
}

const CONTAINERS = "Resources.*[ Type == 'AWS::ECS::TaskDefinition' ].Properties.ContainerDefinitions";

test('a missing property is reported at the map that lacks it, with resource and container', () => {
  assert.deepEqual(found(`rule r { ${CONTAINERS}[*] { User exists <<set a user>> } }`), [
    '7:11 Task web r: set a user',
    '10:11 Task [1] r: set a user',
  ]);
});

test('what a filter leaves out is no defect', () => {
  const rules = `let images = ${CONTAINERS}[*].Image
rule scalars { %images[ this == /b/ ] { this != 'b' <<b>> } }
rule keys { ${CONTAINERS}[*] { this[ keys == 'Image' ] { this != 'b' <<still b>> } } }
rule lists { ${CONTAINERS}[ Image == 'b' ] { Name exists <<named>> } }`;
  assert.deepEqual(found(rules), [
    '10:18 Task [1] scalars: b',
    '10:18 Task [1] keys: still b',
    '10:11 Task [1] lists: named',
  ]);
});

test('a wrong value is reported where it stands', () => {
  assert.deepEqual(found(`rule r { ${CONTAINERS}[ Privileged exists ].Privileged == false <<no>> }`), [
    '9:23 Task web r: no',
  ]);
});

test('one missing property is one finding, however many clauses need it', () => {
  const rules = `rule r { ${CONTAINERS}[ Name exists ] {\n User exists <<set it>>\n User != /root/ <<not root>> } }`;
  assert.deepEqual(found(rules), ['7:11 Task web r: set it']);
});

test('alternatives that all failed are one finding, in the words of the last one with a message', () => {
  const rules = `rule r { ${CONTAINERS}[ Name exists ] { Privileged !exists or Privileged == false <<off>> or Name == 'x' } }`;
  assert.deepEqual(found(rules), ['9:23 Task web r: off']);
});

test('without a message the clause is put into words', () => {
  const rules = `rule r {
    ${CONTAINERS}[ Name exists ] {
      Privileged == false
      Name in ['a', 'b']
      Image == /^x/
      Image !exists
      User is_string
      Memory >= 5
    }
    %none !empty
  }
  let none = Resources.*[ Type == 'x' ]`;
  assert.deepEqual(found(rules), [
    '9:23 Task web r: `Privileged` is true but must be false',
    '7:17 Task web r: `Name` is "web" but must be in ["a","b"]',
    '8:18 Task web r: `Image` is "a" but must match "/^x/"',
    '8:18 Task web r: `Image` is "a" but must not be set',
    '7:11 Task web r: `User` is missing, but must be a string',
    '7:11 Task web r: `Memory` is missing; it must be at least 5',
    '2:1 null null r: `%none` selects nothing, but must not be empty',
  ]);
});

test('a rule that fails only through another that reports for itself adds nothing', () => {
  const rules = `rule base { ${CONTAINERS}[ Name exists ].User exists <<set it>> }\nrule more { base\n Resources exists }`;
  assert.deepEqual(found(rules), ['7:11 Task web base: set it']);
});

test('a reference to a skipped rule, and a negated one to a passing rule, are findings of their own', () => {
  const rules = `rule skipped when missing exists { Resources exists }
rule passes { Resources exists }
rule a { skipped
}
rule b { not passes
}`;
  assert.deepEqual(found(rules), [
    '2:1 null null a: rule `skipped` does not pass',
    '2:1 null null b: rule `passes` passes, but must not',
  ]);
});

test('keys that a key filter left out are no findings', () => {
  for (const clause of [
    "Resources[ keys == /^T/ ].Type == 'x' <<bad type>>",
    "Resources[ keys == /^T/ ] { Type == 'x' <<bad type>> }",
  ])
    assert.deepEqual(found(`rule r { ${clause} }`, `${TASK}  Other: {Type: x}\n`), [
      '4:11 Task null r: bad type',
    ]);
});

test('the message of a parameterized call speaks for what fails inside', () => {
  const rules = `rule has_user(containers) { %containers.User exists }\nrule r { has_user(${CONTAINERS}[ Name exists ]) <<set a\n  user>> }`;
  assert.deepEqual(found(rules), ['7:11 Task web r: set a user']);
});

test('a block over nothing and a block over a missing value are reported', () => {
  const rules = "rule r { Resources.*[ Type == 'x' ] !empty { a exists }\n Outputs.* { Value exists } }";
  assert.deepEqual(found(rules), [
    '2:1 null null r: `Resources.*[ Type == "x" ]` selects nothing, but must not be empty',
    '2:1 null null r: `Outputs.*` is missing',
  ]);
});

test('a clause that fails without a value to name is reported where it was asked', () => {
  const rules = `let none = Resources.*[ Type == 'x' ].Name
rule r { ${CONTAINERS}[*] { some %none == Image or Image == 'b' <<differ>> } }`;
  assert.deepEqual(found(rules), ['8:18 Task web r: differ']);
});

test('what would be in a missing property is not missed once more', () => {
  const rules = `rule r { ${CONTAINERS}[ Name exists ] {
    LogConfiguration exists <<configure logging>>
    LogConfiguration.LogDriver exists <<choose a driver>>
    HealthCheck.Command exists <<check its health>>
    HealthCheck.Retries exists <<check its health>>
  } }`;
  assert.deepEqual(found(rules), ['7:11 Task web r: configure logging', '7:11 Task web r: check its health']);
});

test('the variables of a message tell what is wrong with what', () => {
  const rules = `rule r { ${CONTAINERS}[*] {
    Image == /:/ <<{container} of {resource} runs {value}, which has no tag>>
    User exists <<the user of {container} is {value}>>
  } }`;
  assert.deepEqual(found(rules), [
    '8:18 Task web r: web of Task runs a, which has no tag',
    '7:11 Task web r: the user of web is not set',
    '10:18 Task [1] r: [1] of Task runs b, which has no tag',
    '10:11 Task [1] r: the user of [1] is not set',
  ]);
});

test('no secret is quoted', () => {
  const data = `
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: web
          Environment: [{Name: DB_HOST, Value: hunter2}]
`;
  const rules = `rule r { ${CONTAINERS}[*].Environment[*] {
    Value == 'x'
    Value == 'y' <<{value} is not y>>
    this is_string
  } }`;
  assert.deepEqual(found(rules, data), [
    '8:48 Task web r: `Value` is "***" but must be "x"',
    '8:48 Task web r: *** is not y',
    '8:25 Task web r: `Environment.0` is {"Name":"DB_HOST","Value":"***"} but must be a string',
  ]);
});
