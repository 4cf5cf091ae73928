import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { compileRules } from '../../src/engine/compile-rules.ts';
import { type PossibleEvaluation, possibilitiesOf } from '../../src/report/possible-findings.ts';
import { loadTemplates } from '../../src/template/templates.ts';

const RULES = fileURLToPath(new URL('../../rules/', import.meta.url));
const pack = (path: string) => readFileSync(`${RULES}${path}.guard`, 'utf8');

const NO_ROOT = pack('published/tasks_denied_root');
const READ_ONLY = pack('published/readonly_root_filesystem_condition');
const PRIVILEGED = pack('published/tasks_denied_privileged_condition');
const CAPABILITIES = pack('published/tasks_denied_linux_capabilities');
const LOGS = pack('published/awslogs_nonblocking_condition');

const PREAMBLE = `Parameters:
  RootByDefault: { Type: String, Default: root }
  Fine: { Type: String, Default: '1000' }
  Allowed: { Type: String, AllowedValues: ['1000', root, '2000'], Default: '1000' }
  AllFine: { Type: String, AllowedValues: ['1000', '2000'] }
  Open: { Type: String }
  Hidden: { Type: String, Default: root, NoEcho: true }
  Stored: { Type: 'AWS::SSM::Parameter::Value<String>', Default: root }
  List: { Type: CommaDelimitedList, Default: '1000, root' }
  Flag: { Type: String, AllowedValues: ['true', 'false'] }
  On: { Type: String, Default: 'true' }
  Uid: { Type: Number, Default: 1000 }
  Env: { Type: String, Default: dev }
Mappings:
  Users:
    dev: { User: '1000', Users: ['1000', root] }
    prod: { User: root, Users: ['2000', root] }
  Regions:
    eu-central-1: { User: '1000' }
    us-east-1: { User: root }
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  IsDev: !Not [!Condition IsProd]
  Never: !And [!Condition IsProd, !Condition IsDev]
  Always: !Or [!Condition IsProd, !Condition IsDev]
  Abroad: !Equals [!Ref 'AWS::Region', us-east-1]
  Unclear: !Equals [!ImportValue a, b]
`;

/** What rules say about a task definition with these properties, which stand on line 32 and below. */
function judged(rules: string, properties: string, preamble = PREAMBLE): PossibleEvaluation {
  const text = `${preamble}Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
${properties}`;
  const [template] = loadTemplates('t.yml', Buffer.from(text));
  const possibilities = possibilitiesOf(template!);
  assert.ok(possibilities !== null);
  return possibilities.judge(compileRules('r.guard', rules));
}

const containers = (list: string) => `      ContainerDefinitions:\n        ${list}\n`;
const container = (properties: string) => containers(`- { Name: app, ${properties} }`);

/** Verdict and circumstances in one line: `FAIL when IsProd is true`. */
function summary({ status, findings, unknowns }: PossibleEvaluation): string {
  const [first] = status === 'UNKNOWN' ? unknowns : findings;
  return first?.when === undefined ? status : `${status} when ${first.when}`;
}

const USERS: readonly (readonly [user: string, verdict: string])[] = [
  ['!Ref RootByDefault', 'FAIL'],
  ['{ Ref: RootByDefault }', 'FAIL'],
  ['!Ref Fine', 'PASS'],
  ['!Ref Uid', 'PASS'],
  ['!Ref Allowed', "FAIL when Allowed is 'root'"],
  ['!Ref AllFine', 'PASS'],
  ['!Ref Open', 'UNKNOWN'],
  ['!Ref Hidden', 'UNKNOWN'],
  ['!Ref Stored', 'UNKNOWN'],
  ['!Ref AWS::StackName', 'UNKNOWN'],
  ['!Ref AWS::AccountId', 'PASS'],
  ['!Ref Task', 'UNKNOWN'],
  ['!Ref AWS::NoValue', 'FAIL'],
  ['!GetAtt Other.Arn', 'UNKNOWN'],
  ['!ImportValue user', 'UNKNOWN'],
  ["'{{resolve:ssm:user}}'", 'UNKNOWN'],
  ["'root{{resolve:ssm:user}}'", 'FAIL'],
  ['{ Fn::Transform: { Name: Macro } }', 'UNKNOWN'],
  ['!If [IsProd, root, app]', 'FAIL when IsProd is true'],
  ['!If [IsProd, app, root]', 'FAIL when IsProd is false'],
  ['{ "Fn::If": [IsProd, app, other] }', 'PASS'],
  ['!If [IsProd, app, !Ref AWS::NoValue]', 'FAIL when IsProd is false'],
  ['!If [Never, root, app]', 'PASS'],
  ['!If [Always, app, root]', 'PASS'],
  ['!If [IsProd, !If [IsDev, root, app], app]', 'PASS'],
  ['!If [IsProd, !If [Abroad, root, app], app]', 'FAIL when IsProd is true and Abroad is true'],
  ['!If [Unclear, root, app]', 'FAIL when Unclear is true'],
  ['!If [Missing, root, app]', 'FAIL when Missing is true'],
  ['!If [IsProd, !Ref Open, app]', 'UNKNOWN when IsProd is true'],
  ['!FindInMap [Users, prod, User]', 'FAIL'],
  ['!FindInMap [Users, dev, User]', 'PASS'],
  ['!FindInMap [Users, !Ref Env, User]', "FAIL when Env is 'prod'"],
  ['!FindInMap [Regions, !Ref AWS::Region, User]', "FAIL when AWS::Region is 'us-east-1'"],
  ['!FindInMap [Users, none, User]', 'UNKNOWN'],
  ['!FindInMap [Users, none, User, { DefaultValue: root }]', 'FAIL'],
  ['!FindInMap [Users, !ImportValue row, User]', 'UNKNOWN'],
  ['!Sub root', 'FAIL'],
  ["!Sub '${Fine}:${Fine}'", 'PASS'],
  ["!Sub '${RootByDefault}:0'", 'FAIL'],
  ["!Sub 'root-${Open}'", 'FAIL'],
  ["!Sub '${Open}-app'", 'UNKNOWN'],
  ["!Sub '${Open}'", 'UNKNOWN'],
  ["!Sub 'app-${AWS::AccountId}'", 'PASS'],
  ["!Sub '${Task.Arn}-root'", 'FAIL'],
  ["!Sub '${!RootByDefault}'", 'PASS'],
  ["!Sub ['${who}', { who: !Ref RootByDefault }]", 'FAIL'],
  ["!Sub ['${who}', { who: !If [IsProd, root, app] }]", 'FAIL when IsProd is true'],
  ["!Join ['', [ro, ot]]", 'FAIL'],
  ["!Join [':', [!Ref Fine, !Ref Fine]]", 'PASS'],
  ["!Join [':', [!Ref Open, root]]", 'FAIL'],
  ["!Join [':', [!If [IsProd, root, !Ref AWS::NoValue], app]]", 'FAIL when IsProd is true'],
  ["!Join [':', !Ref List]", 'FAIL'],
  ["!Sub 'ro${AWS::NoValue}ot'", 'FAIL'],
  ['!Condition IsProd', 'UNKNOWN'],
  ['!If [!Equals [a, b], root, app]', 'UNKNOWN'],
  ['!Select [0, [app, root]]', 'PASS'],
  ['!Select [1, [app, root]]', 'FAIL'],
  ['!Select [0, !Ref List]', 'PASS'],
  ["!Select ['1', !Ref List]", 'FAIL'],
  ['!Select [1, !FindInMap [Users, dev, Users]]', 'FAIL'],
  ['!Select [0, !GetAZs ""]', 'UNKNOWN'],
  ["!Select [1, !Split [':', 'app:root']]", 'FAIL'],
  ["!Select [0, !Split [':', !Sub '${Fine}:root']]", 'PASS'],
  ["!Select [0, !Split [':', !Ref Open]]", 'UNKNOWN'],
];

for (const [user, verdict] of USERS)
  test(`a user that is ${user} comes to ${verdict}`, () => {
    assert.equal(summary(judged(NO_ROOT, container(`User: ${user}`))), verdict);
  });

const SHAPES: readonly (readonly [what: string, rules: string, properties: string, verdict: string])[] = [
  [
    'a boolean parameter with two values',
    READ_ONLY,
    container('ReadonlyRootFilesystem: !Ref Flag'),
    "FAIL when Flag is 'false'",
  ],
  ['a boolean parameter that is true', READ_ONLY, container('ReadonlyRootFilesystem: !Ref On'), 'PASS'],
  ['a boolean that nobody knows', READ_ONLY, container('ReadonlyRootFilesystem: !Ref Open'), 'UNKNOWN'],
  [
    'a boolean in a branch',
    PRIVILEGED,
    container('Privileged: !If [IsProd, true, !Ref AWS::NoValue]'),
    'FAIL when IsProd is true',
  ],
  [
    'a boolean that is absent or harmless',
    PRIVILEGED,
    container('Privileged: !If [IsProd, false, !Ref AWS::NoValue]'),
    'PASS',
  ],
  ['a property that is never there', PRIVILEGED, container('Privileged: !Ref AWS::NoValue'), 'PASS'],
  [
    'a map in a branch',
    CAPABILITIES,
    container('LinuxParameters: !If [IsProd, { Capabilities: { Add: [ALL] } }, !Ref AWS::NoValue]'),
    'FAIL when IsProd is true',
  ],
  ['a map that nobody knows', CAPABILITIES, container('LinuxParameters: !FindInMap [A, b, c]'), 'UNKNOWN'],
  [
    'a list that nobody knows, where its presence is enough',
    CAPABILITIES,
    container('LinuxParameters: { Capabilities: { Add: !Ref Open } }'),
    'FAIL',
  ],
  [
    'a list that is never there',
    CAPABILITIES,
    container('LinuxParameters: { Capabilities: { Add: !Ref AWS::NoValue } }'),
    'PASS',
  ],
  [
    'a container in a branch',
    NO_ROOT,
    containers('- !If [IsProd, { Name: app, User: root }, { Name: app, User: app }]'),
    'FAIL when IsProd is true',
  ],
  [
    'a container that may be absent',
    NO_ROOT,
    containers(
      '- !If [IsProd, { Name: app, User: root }, !Ref AWS::NoValue]\n        - { Name: b, User: app }',
    ),
    'FAIL when IsProd is true',
  ],
  [
    'all containers in a branch',
    NO_ROOT,
    '      ContainerDefinitions: !If [IsProd, [{ Name: app, User: root }], [{ Name: app, User: app }]]\n',
    'FAIL when IsProd is true',
  ],
  [
    'containers in branches that are all fine',
    NO_ROOT,
    '      ContainerDefinitions: !If [IsProd, [{ Name: app, User: a }], [{ Name: app, User: b }]]\n',
    'PASS',
  ],
  [
    'containers that come from a transform',
    NO_ROOT,
    '      ContainerDefinitions: { Fn::Transform: { Name: AWS::Include } }\n',
    'UNKNOWN',
  ],
  [
    'a container that comes from a transform',
    NO_ROOT,
    containers('- { Fn::Transform: { Name: AWS::Include } }\n        - { Name: b, User: app }'),
    'UNKNOWN',
  ],
  [
    'a container that a transform adds to',
    NO_ROOT,
    container('Fn::Transform: { Name: AWS::Include }'),
    'UNKNOWN',
  ],
  [
    'a log driver in a branch',
    LOGS,
    container('LogConfiguration: { LogDriver: !If [IsProd, awslogs, none] }'),
    'FAIL when IsProd is true',
  ],
  [
    'a log driver that nobody knows',
    LOGS,
    container('LogConfiguration: { LogDriver: !Ref Open }'),
    'UNKNOWN',
  ],
  [
    'a log option in a branch',
    LOGS,
    container(
      'LogConfiguration: { LogDriver: awslogs, Options: { mode: !If [IsProd, blocking, non-blocking], max-buffer-size: 25m } }',
    ),
    'FAIL when IsProd is true',
  ],
  [
    'log options in a branch',
    LOGS,
    container(
      'LogConfiguration: { LogDriver: awslogs, Options: !If [IsProd, { mode: blocking, max-buffer-size: 25m }, { mode: non-blocking, max-buffer-size: 25m }] }',
    ),
    'FAIL when IsProd is true',
  ],
  [
    'a value that a certain violation stands beside',
    NO_ROOT,
    containers('- { Name: a, User: !Ref Open }\n        - { Name: b, User: root }'),
    'FAIL',
  ],
];

for (const [what, rules, properties, verdict] of SHAPES)
  test(`${what} comes to ${verdict}`, () => {
    assert.equal(summary(judged(rules, properties)), verdict);
  });

test('a resource counts only where its condition holds', () => {
  const properties = `${container('User: root')}    Condition: IsProd\n`;
  assert.equal(summary(judged(NO_ROOT, properties)), 'FAIL when IsProd is true');
  assert.equal(summary(judged(NO_ROOT, properties.replace('IsProd', 'Never'))), 'SKIP');
});

test('resources that a loop makes are not decided', () => {
  const loop = `  Fn::ForEach::Tasks:
    - Name
    - [A, B]
    - Task\${Name}: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: [{ Name: a, User: root }] } }
`;
  assert.equal(summary(judged(NO_ROOT, container('User: app') + loop)), 'UNKNOWN');
});

test('a finding points at the branch, tells when it fails, and names the container', () => {
  const { findings } = judged(
    NO_ROOT,
    containers(`- !If
          - IsProd
          - Name: app
            User: !If [Abroad, root, other]
          - !Ref AWS::NoValue
        - { Name: b, User: b }`),
  );
  assert.deepEqual(
    findings.map(({ line, column, path, resource, container: name, when }) => [
      line,
      column,
      path,
      resource,
      name,
      when,
    ]),
    [
      [
        36,
        32,
        '/Resources/Task/Properties/ContainerDefinitions/0/Fn::If/1/User/Fn::If/1',
        'Task',
        'app',
        'IsProd is true and Abroad is true',
      ],
    ],
  );
});

test('a finding points at the reference and tells where its value comes from', () => {
  const { findings } = judged(NO_ROOT, container('User: !Ref RootByDefault'));
  const [finding] = findings;
  assert.equal(finding?.path, '/Resources/Task/Properties/ContainerDefinitions/0/User');
  assert.equal(finding?.line, 33);
  assert.equal(finding?.from, "User comes from parameter `RootByDefault`, default 'root' (line 2)");
});

test('a finding tells the row of a mapping', () => {
  const { findings } = judged(NO_ROOT, container('User: !FindInMap [Users, prod, User]'));
  assert.equal(findings[0]?.from, "User comes from mapping `Users`, 'prod', 'User' (line 17)");
});

test('one defect is one finding, whatever brings it about', () => {
  const { findings } = judged(
    NO_ROOT,
    container('User: !If [Abroad, !Ref RootByDefault, !Ref RootByDefault]'),
  );
  assert.deepEqual(
    findings.map(({ when }) => when),
    ['Abroad is true', 'Abroad is false'],
  );
  const values = 'Parameters:\n  Who: { Type: String, AllowedValues: [root, rooted, app] }\n';
  const several = judged(NO_ROOT, container('User: !Ref Who'), values);
  assert.deepEqual(
    several.findings.map(({ when }) => when),
    ["Who is 'root', or Who is 'rooted'"],
  );
});

test('the reason why something is not known is told where it is written', () => {
  const { unknowns } = judged(
    NO_ROOT,
    containers('- { Name: a, User: !Ref Open }\n        - { Name: b, User: !Ref Hidden }'),
  );
  assert.deepEqual(
    unknowns.map(({ line, container: name, message }) => [line, name, message]),
    [
      [33, 'a', 'User is not known: parameter `Open` has no default'],
      [34, 'b', 'User is not known: parameter `Hidden` is hidden by NoEcho'],
    ],
  );
});

test('a template that says what it is has no possibilities', () => {
  const [template] = loadTemplates(
    't.yml',
    Buffer.from('Resources: { A: { Type: A::B::C, Properties: { Name: x } } }'),
  );
  assert.equal(possibilitiesOf(template!), null);
});

/** As many containers as conditions; all users are fine except that of the last container under its condition. */
function manyConditions(count: number, bad: string): { preamble: string; properties: string } {
  const numbers = Array.from({ length: count }, (_, at) => at);
  const parameters = numbers.map(
    (at) => `  P${at}: { Type: String, AllowedValues: ['yes', 'no'], Default: 'no' }\n`,
  );
  const conditions = numbers.map((at) => `  C${at}: !Equals [!Ref P${at}, 'yes']\n`);
  const users = numbers.map(
    (at) => `        - { Name: c${at}, User: !If [C${at}, ${at === count - 1 ? bad : 'app'}, other] }\n`,
  );
  return {
    preamble: `Parameters:\n${parameters.join('')}Conditions:\n${conditions.join('')}`,
    properties: `      ContainerDefinitions:\n${users.join('')}`,
  };
}

test('thirty conditions are judged by a selection that is named', () => {
  const { preamble, properties } = manyConditions(30, 'app');
  const { status, limit } = judged(NO_ROOT, properties, preamble);
  assert.equal(status, 'PASS');
  assert.match(
    limit ?? '',
    /^30 choices touch these rules, which makes 2\^30 combinations: \d+ were tried, with all combinations of any three$/,
  );
});

test('looking for one resource by its name settles nothing about the others', () => {
  const { preamble, properties } = manyConditions(30, 'app');
  const others = Array.from({ length: 30 }, (_, at) => `  R${at}: { Type: A::B::C, Condition: C${at} }\n`);
  const { status, findings, limit } = judged(
    "rule r { Resources[ keys == 'R7' ] { Type == 'A::B::D' } }",
    `${properties}${others.join('')}`,
    preamble,
  );
  assert.equal(status, 'FAIL');
  assert.deepEqual(
    findings.map(({ path, when }) => [path, when]),
    [['/Resources/R7/Type', 'C7 is true']],
  );
  assert.equal(limit, null);
});

test('what a query leaves out is no clause that fails', () => {
  const properties = `${containers('- { Name: a, User: !Ref Open }')}  Other: {}\n`;
  for (const rules of [
    "rule r { Resources[ keys == 'Task' ] { Properties.ContainerDefinitions[*].User != 'root' } }",
    `let users = Resources.*[ Type == 'AWS::ECS::TaskDefinition' ].Properties.ContainerDefinitions[*].User
     rule r { fine(%users) }
     rule fine(users) { %users { this != 'root' this != /^0/ } }`,
  ])
    assert.deepEqual([judged(rules, properties).status, judged(rules, properties).findings], ['UNKNOWN', []]);
});

test('two sides that are compared as sets are open where a member of either may be what the other lacks', () => {
  const sides = (left: string, right: string) =>
    `${containers(left)}  Other: { Type: A::B::C, Properties: { Users: ${right} } }\n`;
  const equal =
    'rule r { Resources.Task.Properties.ContainerDefinitions[*].User == Resources.Other.Properties.Users[*] }';
  const status = (left: string, right: string) => judged(equal, sides(left, right)).status;
  const open = '- { Name: a, User: !Ref Open }';
  const fixed = '- { Name: b, User: !Ref Fine }';
  assert.equal(status(open, '[app]'), 'UNKNOWN');
  assert.equal(status(`${open}\n        ${fixed}`, "['1000', root]"), 'UNKNOWN');
  assert.equal(status(`${open}\n        ${fixed}`, '[root]'), 'FAIL');
  assert.equal(status(fixed, "['1000']"), 'PASS');
});

test('one bad branch among thirty conditions is found', () => {
  const { preamble, properties } = manyConditions(30, 'root');
  const { status, findings } = judged(NO_ROOT, properties, preamble);
  assert.equal(status, 'FAIL');
  assert.deepEqual(
    findings.map(({ container: name, when }) => [name, when]),
    [['c29', 'C29 is true']],
  );
});

test('conditions that no rule reads cost nothing', () => {
  const { preamble, properties } = manyConditions(30, 'root');
  const { status, limit } = judged(PRIVILEGED, properties, preamble);
  assert.deepEqual([status, limit], ['PASS', null]);
});

test('rules that look for a reference keep seeing it', () => {
  const rules = `rule role {
  Resources.*.Properties {
    TaskRoleArn is_string or TaskRoleArn.'Fn::GetAtt' exists or TaskRoleArn.Ref == 'Open'
  }
}`;
  const status = (role: string) => judged(rules, `      TaskRoleArn: ${role}\n`).status;
  assert.equal(status('!GetAtt Role.Arn'), 'PASS');
  assert.equal(status('!Ref Open'), 'PASS');
  assert.equal(status('!Ref Fine'), 'PASS');
  assert.equal(status('!ImportValue x'), 'UNKNOWN');
});

test('where a secret comes from is said without the secret', () => {
  const preamble = `Parameters:
  Level: { Type: String, Default: hunter2 }
  DbPassword: { Type: String, Default: hunter3, AllowedValues: [hunter3, hunter4] }
Conditions:
  IsOpen: !Equals [!Ref DbPassword, hunter4]
`;
  const rules = `rule r {
  Resources.*.Properties.ContainerDefinitions[*] {
    Environment[*].Value == 'x'
    Command[*] == 'x'
    User == 'x'
  }
}`;
  const properties = containers(
    '- { Environment: [{ Name: A, Value: !Ref Level }], Command: [!Ref DbPassword], User: !If [IsOpen, a, x] }',
  );
  const { findings } = judged(rules, properties, preamble);
  assert.ok(
    findings.some(({ from }) => from === "Value comes from parameter `Level`, default '***' (line 2)"),
  );
  assert.doesNotMatch(JSON.stringify(findings), /hunter/);
});

test('a key that is looked up is the value of the parameter that chooses it', () => {
  const preamble = `Parameters:
  Row: { Type: String }
Mappings:
  Users: { root: { Cpu: 1 }, app: { Cpu: 2 } }
`;
  const properties = container('User: !Ref Row, Cpu: !FindInMap [Users, !Ref Row, Cpu]');
  const rules = `rule r { Resources.*.Properties.ContainerDefinitions[*] { User != 'root' or Cpu == 2 } }`;
  assert.equal(summary(judged(rules, properties, preamble)), "FAIL when Row is 'root'");
});

test('parameters that are compared with each other are not equal to two different values', () => {
  const preamble = `Parameters:
  Open: { Type: String }
  A: { Type: String, AllowedValues: [a] }
  B: { Type: String, AllowedValues: [b] }
Conditions:
  IsBoth: !And [!Equals [!Ref Open, !Ref A], !Equals [!Ref Open, !Ref B]]
  IsA: !Equals [!Ref A, !Ref Open]
`;
  assert.equal(summary(judged(NO_ROOT, container('User: !If [IsBoth, root, app]'), preamble)), 'PASS');
  assert.equal(
    summary(judged(NO_ROOT, container('User: !If [IsA, root, app]'), preamble)),
    'FAIL when IsA is true',
  );
});

test('many circumstances are told by a few of them', () => {
  const values = ['root', 'root1', 'root2', 'root3', 'root4', 'app'];
  const preamble = `Parameters:\n  Who: { Type: String, AllowedValues: [${values.join(', ')}] }\n`;
  const { findings } = judged(NO_ROOT, container('User: !Ref Who'), preamble);
  assert.deepEqual(
    findings.map(({ when }) => when),
    ["Who is 'root', or Who is 'root1', or Who is 'root2', or in 2 other cases"],
  );
});

test('two parameters of hundreds of values are combined in all ways that rules can tell apart', () => {
  const values = (prefix: string) => Array.from({ length: 300 }, (_, at) => `${prefix}${at}`).join(', ');
  const preamble = `Parameters:
  Who: { Type: String, Default: x0, AllowedValues: [root, ${values('x')}, root1] }
  Size: { Type: String, Default: small0, AllowedValues: [${values('small')}, large1, large2] }
`;
  const rules = `rule r { Resources.*.Properties.ContainerDefinitions[*] { User != /^root/ Size != /^large/ } }`;
  const { findings, limit } = judged(rules, container('User: !Ref Who, Size: !Ref Size'), preamble);
  assert.equal(limit, null);
  assert.deepEqual(
    findings.map(({ path, when }) => [path.split('/').at(-1), when]),
    [
      ['Size', "Size is 'large1', or Size is 'large2'"],
      ['User', "Who is 'root', or Who is 'root1'"],
    ],
  );
});

test('what conditions and texts tell apart is tried though rules look at the value in one way only', () => {
  const preamble = `Parameters:
  Who: { Type: String, AllowedValues: [a, b, c, d] }
Conditions:
  IsC: !Equals [!Ref Who, c]
`;
  const rules = `rule r { Resources.*.Properties.ContainerDefinitions[*] { User != /^[ab]$/ or Image != 'img-b' Cpu == 1 } }`;
  const properties = container("User: !Ref Who, Image: !Sub 'img-${Who}', Cpu: !If [IsC, 2, 1]");
  assert.deepEqual(
    judged(rules, properties, preamble)
      .findings.map(({ path, when }) => [path.split('/').at(-1), when])
      .sort(),
    [
      ['1', 'IsC is true'],
      ['User', "Who is 'b'"],
    ],
  );
});

test('what may become one of several lists or maps is not known to be none of them', () => {
  const among = (maps: string) =>
    `rule r { Resources.*.Properties.ContainerDefinitions[*] not in [${maps}] }`;
  const named = container('User: !Ref Open');
  assert.equal(judged(among(`{ Name: 'x' }, { Name: 'app', User: 'root' }`), named).status, 'UNKNOWN');
  assert.equal(judged(among(`{ Name: 'x', User: 'root' }`), named).status, 'PASS');
  const command = (wanted: string) =>
    judged(
      `rule r { Resources.*.Properties.ContainerDefinitions[*].Command in ${wanted} }`,
      container('Command: [run, !Ref Open]'),
    ).status;
  assert.equal(command(`['run']`), 'UNKNOWN');
  assert.equal(command(`[['walk'], ['run', 'fast']]`), 'UNKNOWN');
  assert.equal(command(`['walk', 'fast']`), 'FAIL');
});

test('what a function of the rules makes of an unknown value is not known', () => {
  const rules = `rule r {
  let users = Resources.*.Properties.ContainerDefinitions[*].User
  let upper = to_upper(%users)
  %upper != 'ROOT'
}`;
  assert.equal(judged(rules, container("User: !Sub '${Open}-x'")).status, 'UNKNOWN');
  assert.equal(judged(rules, container('User: !Ref RootByDefault')).status, 'FAIL');
  assert.equal(judged(rules, container('User: !Ref Fine')).status, 'PASS');
});

test('what a function leaves out because it is not known is not taken for nothing', () => {
  const rules = `let users = Resources.*.Properties.ContainerDefinitions[*].User
let capitals = to_upper(%users)
rule first { %capitals != 'ROOT' }
rule again { %capitals exists or %users exists
  %capitals != 'ROOT' }
rule passed { wanted(%capitals) }
rule wanted(names) { %names !empty }`;
  const open = judged(rules, container('User: !Ref Open'));
  assert.deepEqual(
    open.rules.map(({ status }) => status),
    ['UNKNOWN', 'UNKNOWN', 'UNKNOWN'],
  );
  assert.ok(open.unknowns.every(({ message }) => message.startsWith('User is not known:')));
  const also = containers(`- { Name: a, User: !Ref Open }\n        - { Name: b, User: root }`);
  assert.deepEqual(
    judged(rules, also).rules.map(({ status }) => status),
    ['FAIL', 'FAIL', 'PASS'],
  );
  const counting = `rule r { let users = count(Resources.*.Properties.ContainerDefinitions[*].User)
  %users == 2 }`;
  const second = containers(`- { Name: a, User: root }\n        - { Name: b, User: !Ref Open }`);
  assert.equal(judged(counting, second).status, 'PASS');
});

test('a filter that may let something through is not taken to let nothing through', () => {
  const rules = `let roots = Resources.*.Properties.ContainerDefinitions[ User == 'root' ]
rule direct { Resources.*.Properties.ContainerDefinitions[ User == 'root' ] !empty }
rule variable { %roots !empty }
rule again { Resources exists or %roots exists
  %roots !empty }`;
  const statuses = (properties: string) =>
    judged(rules, container(properties)).rules.map(({ status }) => status);
  assert.deepEqual(statuses('User: !Ref Open'), ['UNKNOWN', 'UNKNOWN', 'UNKNOWN']);
  assert.deepEqual(statuses('User: app, Cpu: !Ref Open'), ['FAIL', 'FAIL', 'FAIL']);
});

test('what is compared with values that a filter may or may not let through is not decided', () => {
  const rules = (
    right: string,
  ) => `let some = Resources.*.Properties.ContainerDefinitions[ Cpu == ${right} ].Image
rule r when %some !empty { Resources.*.Properties.ContainerDefinitions[*].User in %some }`;
  const properties = containers(
    `- { Name: a, User: u, Image: v, Cpu: 1 }\n        - { Name: b, User: u, Image: u, Cpu: !Ref Open }`,
  );
  assert.equal(judged(rules('1'), properties).status, 'UNKNOWN');
  assert.equal(judged(rules('1 Image == /v/'), properties).status, 'FAIL');
});

test('a text is a part of another one, or the same where it was handed to a rule', () => {
  const preamble = `Parameters:\n  Who: { Type: String, AllowedValues: [abc, b] }\n`;
  const rules = (right: string) => `rule r { good(${right}) }
rule good(names) { Resources.*.Properties.ContainerDefinitions[*].User in %names }`;
  const verdict = (right: string) => summary(judged(rules(right), container('User: !Ref Who'), preamble));
  assert.equal(verdict(`'abc'`), "FAIL when Who is 'b'");
  assert.equal(verdict(`['abc', 'b']`), 'PASS');
});

test('a rule that captures keys is judged with those that earlier ones captured', () => {
  const rules = `rule a { Resources[ k | Type == 'AWS::ECS::TaskDefinition' ] !empty }
rule b { Resources[ k | Type == 'AWS::SNS::Topic' ] !empty
  %k == /^T/ }`;
  const data = `Resources:
  A: { Type: AWS::ECS::TaskDefinition, Properties: { Family: !Ref Open } }
  T: { Type: AWS::SNS::Topic }
`;
  const program = compileRules('r.guard', rules);
  const verdicts = () => {
    const template = loadTemplates('t.yml', Buffer.from(data))[0]!;
    return possibilitiesOf(template)!
      .judge(program)
      .rules.map(({ status }) => status);
  };
  const alone = verdicts();
  assert.deepEqual(alone, ['PASS', 'FAIL']);
  assert.deepEqual(verdicts(), alone);
});

test('what a function or a path makes of what a filter may let through is not decided', () => {
  const statuses = (rules: string, properties: string) =>
    judged(
      `let roots = Resources.*.Properties.ContainerDefinitions[ User == 'root' ]\n${rules}`,
      container(properties),
    ).rules.map(({ status }) => status);
  const rules = `rule counted { let found = count(%roots)
  %found >= 1 }
rule joined { let names = join(%roots.Name, ',')
  %names == 'app' }
rule keyed { let names = Resources.*.Properties.ContainerDefinitions[ User != 'root' ].Image
  Resources.*.Properties.%names == 'x' }`;
  assert.deepEqual(statuses(rules, 'User: !Ref Open, Image: Family'), ['UNKNOWN', 'UNKNOWN', 'UNKNOWN']);
  assert.deepEqual(statuses(rules, 'User: app, Image: Family, Cpu: !Ref Open'), ['FAIL', 'FAIL', 'FAIL']);
});

test('an element that is not known may be what a filter looks for', () => {
  const rules = `rule r { Resources.*.Properties.ContainerDefinitions[*].Command[*][ this == 'sh' ] empty }`;
  assert.equal(judged(rules, container('Command: [!Ref Open]')).status, 'UNKNOWN');
  assert.equal(judged(rules, container('Command: [!Ref Fine]')).status, 'PASS');
});

test('a rule that is not decided is not when it is referred to again', () => {
  const rules = `rule a { Resources.*.Properties.ContainerDefinitions[*].User == 'app' }
rule b { a or Resources exists
  a
}`;
  assert.deepEqual(
    judged(rules, container('User: !Ref Open')).rules.map(({ status }) => status),
    ['UNKNOWN', 'UNKNOWN'],
  );
});

test('a filter that begins with a call is about its own candidate', () => {
  const rules = `rule none(values) { %values empty }
rule r { Resources.*[ none(Properties.ContainerDefinitions[ User == 'app' ]) ].Properties.Family == 'x' }`;
  assert.equal(judged(rules, container('User: !Ref Open')).status, 'UNKNOWN');
});

test('which keys are captured is not known where a filter is not decided', () => {
  const data = `Parameters: { Open: { Type: String } }
Resources:
  Other: { Type: A::B::C, Properties: { X: !Ref Open } }
  ok: { Type: A::B::C, Properties: { X: w } }
`;
  const rules = `let some = Resources[ name | Properties.X !in ['v'] ]
rule variable { %some !empty
  %name == /^ok/ }
rule clause { Resources[ key | Properties.X !in ['v'] ] exists
  %key != 'Other' }
rule itself { Resources[ own | Properties.X != 'v' ].Properties[ %own == 'ok' ] !empty }`;
  const template = loadTemplates('t.yml', Buffer.from(data))[0]!;
  assert.deepEqual(
    possibilitiesOf(template)!
      .judge(compileRules('r.guard', rules))
      .rules.map(({ status }) => status),
    ['UNKNOWN', 'UNKNOWN', 'UNKNOWN'],
  );
});

test('variables that rest on each other are looked through once', () => {
  const chain = Array.from(
    { length: 24 },
    (_, at) => `let v${at + 1} = Resources.Task[ %v${at} !empty  %v${at} exists ]`,
  );
  const rules = `let v0 = Resources.*[ Properties.Family == 'v' ]\n${chain.join('\n')}\nrule r { %v24 !empty }`;
  assert.equal(judged(rules, '      Family: !Ref Open\n').status, 'UNKNOWN');
});

test('what a filter cannot decide is told where it is', () => {
  const rules = `let users = Resources.*.Properties.ContainerDefinitions[ User == /^svc/ ].User
rule r when %users !empty { %users == 'svc-app' }`;
  const { status, unknowns } = judged(rules, container('User: !Ref Open'));
  assert.equal(status, 'UNKNOWN');
  assert.deepEqual(
    unknowns.map(({ message }) => message),
    ['User is not known: parameter `Open` has no default'],
  );
});

test('a branch that many conditions lead to is found among as many others, and all of them are told', () => {
  const { preamble, properties } = manyConditions(20, 'app');
  const deep = Array.from({ length: 12 }, (_, at) => at).reduce(
    (user, at) => `!If [C${at}, ${user}, app]`,
    'root',
  );
  const { status, findings } = judged(
    NO_ROOT,
    `${properties}        - { Name: deep, User: ${deep} }\n`,
    preamble,
  );
  assert.equal(status, 'FAIL');
  assert.deepEqual(
    findings.map(({ container: name, when }) => [name, when?.split(' and ').sort()]),
    [['deep', Array.from({ length: 12 }, (_, at) => `C${at} is true`).sort()]],
  );
});

const SIZES = `Parameters:
  Cpu: { Type: String, Default: '256', AllowedValues: ['256', '512', '1024', '2048', '4096'] }
  Memory: { Type: String, Default: '1024', AllowedValues: ['512', '1024', '2048', '4096', '8192'] }
`;

test('what needs two parameters changed is not decided, and said once', () => {
  const rules = `rule size {
  Resources.*.Properties {
    when Cpu == '4096' { Memory != '8192' <<no such size>> }
  }
}`;
  const { status, findings, unknowns } = judged(
    rules,
    '      Cpu: !Ref Cpu\n      Memory: !Ref Memory\n',
    SIZES,
  );
  assert.equal(status, 'UNKNOWN');
  assert.deepEqual(findings, []);
  assert.deepEqual(
    unknowns.map(({ message }) => message),
    ["some values of parameters fail together, such as Cpu is '4096' and Memory is '8192': no such size"],
  );
});

test('one parameter changed is not enough where another one has to fit it, and may', () => {
  const { status, findings, unknowns } = judged(
    pack('recommended/fargate_tasks_valid_size'),
    '      RequiresCompatibilities: [FARGATE]\n      Cpu: !Ref Cpu\n      Memory: !Ref Memory\n',
    SIZES,
  );
  assert.equal(status, 'UNKNOWN');
  assert.deepEqual(findings, []);
  assert.deepEqual(
    unknowns.map(({ message }) => /^.*?: /.exec(message)?.[0]),
    ["some values of parameters fail together, such as Cpu is '256' and Memory is '4096': "],
  );
});

test('sizes that do not fit each other by default are a violation, whatever else they may be', () => {
  const { status, findings } = judged(
    pack('recommended/fargate_tasks_valid_size'),
    '      RequiresCompatibilities: [FARGATE]\n      Cpu: !Ref Cpu\n      Memory: !Ref Memory\n',
    SIZES.replace("Default: '1024'", "Default: '8192'"),
  );
  assert.equal(status, 'FAIL');
  assert.match(findings[0]?.message ?? '', /with Cpu 256/);
});

test('one parameter changed is enough where no other one makes up for it', () => {
  const { status, findings } = judged(
    pack('recommended/fargate_tasks_valid_size'),
    "      RequiresCompatibilities: [FARGATE]\n      Cpu: '256'\n      Memory: !Ref Memory\n",
    SIZES,
  );
  assert.equal(status, 'FAIL');
  assert.equal(findings[0]?.when, "Memory is '4096', or Memory is '8192'");
});

test('a container that one parameter makes bad is bad, whatever others make of its neighbours', () => {
  const preamble = `Parameters:
  One: { Type: String, Default: app, AllowedValues: [app, root] }
  Two: { Type: String, Default: app, AllowedValues: [app, root] }
`;
  const { status, findings } = judged(
    NO_ROOT,
    containers('- { Name: a, User: !Ref One }\n        - { Name: b, User: !Ref Two }'),
    preamble,
  );
  assert.equal(status, 'FAIL');
  assert.deepEqual(findings.map(({ container: name, when }) => [name, when]).sort(), [
    ['a', "One is 'root'"],
    ['b', "Two is 'root'"],
  ]);
});

test('parameters that conditions ask about are combined in every way', () => {
  const preamble = `Parameters:
  A: { Type: String, Default: 'no', AllowedValues: ['no', 'yes'] }
  B: { Type: String, Default: 'no', AllowedValues: ['no', 'yes'] }
Conditions:
  IsA: !Equals [!Ref A, 'yes']
  IsB: !Equals [!Ref B, 'yes']
`;
  assert.equal(
    summary(judged(NO_ROOT, container('User: !If [IsA, !If [IsB, root, app], app]'), preamble)),
    'FAIL when IsA is true and IsB is true',
  );
});

test('a container is called by what its name comes to, wherever others go away', () => {
  const { findings } = judged(
    NO_ROOT,
    containers(`- !If [IsProd, { Name: a, User: a }, !Ref AWS::NoValue]
        - { Name: !Sub '\${Env}-app', User: root }
        - { Name: !Ref Open, User: root }
        - { Name: n, User: root }`),
  );
  assert.deepEqual(
    findings.map(({ container: name }) => name),
    ['dev-app', '[2]', 'n'],
  );
});

const REASONS: readonly (readonly [user: string, why: string])[] = [
  ['!Ref Nothing', 'the template has neither a parameter nor a resource `Nothing`'],
  ["!Sub '${Task.Arn}'", 'it is made when `Task` is deployed'],
  ['!Ref Stored', 'parameter `Stored` is read from Systems Manager'],
  ['!FindInMap [Users, none, User]', "there is no 'Users', 'none' in the mappings"],
  ["'{{resolve:ssm:/user}}'", 'it is a dynamic reference'],
];

for (const [user, why] of REASONS)
  test(`of a user that is ${user} it is said why it is not known`, () => {
    const { unknowns } = judged(NO_ROOT, container(`User: ${user}`));
    assert.deepEqual(
      unknowns.map(({ message }) => message),
      [`User is not known: ${why}`],
    );
  });

test('a call that has no branches is not taken for what stands in them', () => {
  const properties = '      ContainerDefinitions: !If [!Equals [a, b], [{ User: root }], [{ User: root }]]\n';
  assert.equal(summary(judged(NO_ROOT, properties)), 'UNKNOWN');
});
