import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Judgement } from '../../src/fix/judgement.ts';
import { unifiedDiff } from '../../src/fix/unified-diff.ts';
import { judgeBy, mend } from './mend.ts';

/** The lines that differ: what goes with a minus, what comes with a plus. */
function changed(text: string, judgement = judgeBy('baseline')): string[] {
  const after = mend(text, judgement).text;
  const diff = unifiedDiff('template', text, after).split('\n');
  return diff.slice(2).filter((line) => /^[+-]/.test(line));
}

/** A task definition on Fargate whose only container is given as lines of YAML. */
function task(...container: string[]): string {
  return [
    'Resources:',
    '  Worker:',
    '    Type: AWS::ECS::TaskDefinition',
    '    Properties:',
    '      RequiresCompatibilities: [FARGATE]',
    '      ContainerDefinitions:',
    ...container.map((line) => `        ${line}`),
    '',
  ].join('\n');
}

const BASELINE = judgeBy('baseline');
const UNCONFINED = judgeBy('recommended', (rule) => rule === 'tasks_denied_unconfined_security_options');
const SOUND = ["User: '1000:1000'", 'ReadonlyRootFilesystem: true'];

describe('repair', () => {
  it('adds a missing property below the last line of its container', () => {
    const text = task(
      '- Name: app',
      '  Image: app',
      "  User: '1000:1000'",
      '- Name: log',
      ...SOUND.map((l) => `  ${l}`),
    );
    assert.deepEqual(changed(text), ['+          ReadonlyRootFilesystem: true']);
    const { fixed } = mend(text);
    assert.deepEqual(fixed, [
      {
        rule: 'tasks_readonly_root_filesystem',
        resource: 'Worker',
        container: 'app',
        line: 10,
        message: 'ReadonlyRootFilesystem: true',
        lines: [],
        identity: fixed[0]!.identity,
      },
    ]);
  });

  it('replaces a value and leaves its comment', () => {
    const text = task('- Name: app', "  User: '1000:1000'", '  ReadonlyRootFilesystem: false  # later');
    assert.deepEqual(changed(text), [
      '-          ReadonlyRootFilesystem: false  # later',
      '+          ReadonlyRootFilesystem: true  # later',
    ]);
  });

  it('fills in a value that was left out', () => {
    const text = task('- Name: app', "  User: '1000:1000'", '  ReadonlyRootFilesystem:');
    assert.deepEqual(changed(text), [
      '-          ReadonlyRootFilesystem:',
      '+          ReadonlyRootFilesystem: true',
    ]);
  });

  it('makes logs non-blocking, with a buffer', () => {
    const log = [
      '  LogConfiguration:',
      '    LogDriver: awslogs',
      '    Options:',
      '      mode: "blocking"',
      '      awslogs-group: g',
    ];
    assert.deepEqual(changed(task('- Name: app', ...log, ...SOUND.map((line) => `  ${line}`))), [
      '-              mode: "blocking"',
      '+              mode: "non-blocking"',
      '+              max-buffer-size: 25m',
    ]);
  });

  it('puts lines of inner and outer maps that end together in their places, and tells these', () => {
    const log = ['  LogConfiguration:', '    LogDriver: awslogs', '    Options:', '      mode: blocking'];
    const text = task('- Name: app', "  User: '1000:1000'", ...log);
    assert.deepEqual(changed(text), [
      '-              mode: blocking',
      '+              mode: non-blocking',
      '+              max-buffer-size: 25m',
      '+          ReadonlyRootFilesystem: true',
    ]);
    assert.deepEqual(
      mend(text).fixed.map(({ line }) => line),
      [13, 14],
    );
  });

  it('keeps the buffer that somebody chose when only the mode is wrong', () => {
    const log =
      '  LogConfiguration: { LogDriver: awslogs, Options: { mode: blocking, max-buffer-size: 4m } }';
    assert.deepEqual(changed(task('- Name: app', log, ...SOUND.map((line) => `  ${line}`))), [
      `-        ${log}`,
      `+        ${log.replace('blocking', 'non-blocking')}`,
    ]);
  });

  it('takes privileges away that Fargate refuses, and what is left empty with them', () => {
    const text = task(
      '- Name: app',
      '  Privileged: "true"',
      '  LinuxParameters:',
      '    Capabilities:',
      '      Add:',
      '        - NET_ADMIN',
      ...SOUND.map((line) => `  ${line}`),
    );
    assert.deepEqual(changed(text), [
      '-          Privileged: "true"',
      '-          LinuxParameters:',
      '-            Capabilities:',
      '-              Add:',
      '-                - NET_ADMIN',
      '+          Privileged: false',
    ]);
  });

  it('takes one capability out of several', () => {
    const text = task(
      '- Name: app',
      '  LinuxParameters: {Capabilities: {Add: [SYS_ADMIN, SYS_PTRACE], Drop: [ALL]}}',
      ...SOUND.map((line) => `  ${line}`),
    );
    const { left } = mend(text);
    assert.deepEqual(changed(text), [
      '-          LinuxParameters: {Capabilities: {Add: [SYS_ADMIN, SYS_PTRACE], Drop: [ALL]}}',
      '+          LinuxParameters: {Capabilities: {Add: [SYS_PTRACE], Drop: [ALL]}}',
    ]);
    assert.deepEqual(
      left.map(({ message, lines }) => [message, ...lines]),
      [
        [
          'not fixed, since the application may need it on its instance; change line 8 to:',
          '          LinuxParameters: {Capabilities: {Drop: [ALL]}}',
        ],
      ],
    );
  });

  it('leaves privileges on instances to people', () => {
    const text = task('- Name: app', '  Privileged: true', ...SOUND.map((line) => `  ${line}`)).replace(
      '[FARGATE]',
      '[EC2]',
    );
    const { left } = mend(text);
    assert.deepEqual(changed(text), []);
    assert.deepEqual(left[0]?.lines, ['          Privileged: false']);
  });

  it('tells which lines to add where only people know the answer', () => {
    const { left } = mend(task('- Name: app', '  ReadonlyRootFilesystem: true'));
    assert.deepEqual(left, [
      {
        rule: 'tasks_require_user',
        resource: 'Worker',
        container: 'app',
        line: 8,
        message: 'not fixed, since which user the image can run as is not to be seen here; add below line 8:',
        lines: ["          User: '1000:1000'"],
        identity: left[0]!.identity,
      },
    ]);
  });

  it('tries again what could not be repaired before something else was', () => {
    const text = task(
      '- Name: app',
      '  User: "1"',
      '  LinuxParameters: { Capabilities: { Add: [ALL, ALL] } }',
    );
    assert.deepEqual(changed(text, grudging), [
      '-          LinuxParameters: { Capabilities: { Add: [ALL, ALL] } }',
    ]);
  });

  it('changes nothing the second time', () => {
    const text = task('- Name: app', '  Privileged: true');
    const once = mend(text);
    const twice = mend(once.text);
    assert.equal(twice.text, once.text);
    assert.deepEqual(twice.fixed, []);
  });
});

describe('repair of files in every notation', () => {
  const container = ['- Name: app', "  User: '1'"];
  const added = '          ReadonlyRootFilesystem: true';

  it('uses the line breaks of the file', () => {
    const text = task(...container).replaceAll('\n', '\r\n');
    assert.equal(mend(text).text, `${text}${added}\r\n`);
  });

  it('leaves a missing line break at the end missing', () => {
    const text = task(...container).trimEnd();
    assert.equal(mend(text).text, `${text}\n${added}`);
  });

  it('keeps the byte order mark, trailing blanks and comments', () => {
    const text = `\ufeff# head  \n${task('- Name: app   ', "  User: '1' # who ", '# end')}  \n`;
    assert.equal(mend(text).text, text.replace('# who \n', `# who \n${added}\n`));
  });

  it('follows the quotes of the keys around', () => {
    const text = task('- "Name": app', '  "User": "1"');
    assert.deepEqual(changed(text), ['+          "ReadonlyRootFilesystem": true']);
  });

  const flows = [
    ['{Name: app, User: "1"}', '{Name: app, User: "1", ReadonlyRootFilesystem: true}'],
    ['{ Name: app, User: "1" }', '{ Name: app, User: "1", ReadonlyRootFilesystem: true }'],
    ['{Name: app, User: "1",}', '{Name: app, User: "1", ReadonlyRootFilesystem: true,}'],
    ['{"Name":"app","User":"1"}', '{"Name":"app","User":"1","ReadonlyRootFilesystem":true}'],
    ["{'Name': app, 'User': '1'}", "{'Name': app, 'User': '1', 'ReadonlyRootFilesystem': true}"],
    [
      '{Name: app, User: "1", Command: []}',
      '{Name: app, User: "1", Command: [], ReadonlyRootFilesystem: true}',
    ],
  ];
  for (const [before, after] of flows)
    it(`adds to ${before}`, () => {
      assert.deepEqual(changed(task(`- ${before}`)), [`-        - ${before}`, `+        - ${after}`]);
    });

  it('adds to a flow map of several lines, before the comment of its last one', () => {
    const text = task('- {', '    Name: app,', '    User: "1" # who', '  }');
    assert.deepEqual(changed(text), [
      '-            User: "1" # who',
      '+            User: "1", # who',
      '+            ReadonlyRootFilesystem: true',
    ]);
  });

  it('adds behind a value of several lines', () => {
    const text = task(
      '- Name: app',
      "  User: '1'",
      '  Command:',
      '    - |',
      '      echo a',
      '',
      '      echo b',
      '',
      '- Name: b',
      '  User: "1"',
      '  ReadonlyRootFilesystem: true',
    );
    const repaired = mend(text).text;
    assert.equal(repaired, text.replace('echo b\n', `echo b\n${added}\n`));
  });

  it('adds behind a list in the column of its key', () => {
    const text = task('- Name: app', "  User: '1'", '  Command:', '  - a', '  - b # last');
    assert.equal(mend(text).text, `${text}${added}\n`);
  });

  it('does not touch a text whose last line breaks are part of a value', () => {
    const text = task(
      '- Name: app',
      "  User: '1'",
      '  Command:',
      '    - |+',
      '      echo a',
      '',
      '',
      '- Name: b',
      '  User: "1"',
      '  ReadonlyRootFilesystem: true',
    );
    const { text: after, left } = mend(text);
    assert.equal(after, text);
    assert.match(
      left[0]!.message,
      /written in a way that cannot safely be edited; it takes ReadonlyRootFilesystem: true/,
    );
  });

  it('adds behind an alias', () => {
    const before = '{Name: &name app, User: "1", Image: *name}';
    const after = '{Name: &name app, User: "1", Image: *name, ReadonlyRootFilesystem: true}';
    assert.deepEqual(changed(task(`- ${before}`)), [`-        - ${before}`, `+        - ${after}`]);
  });

  it('adds to indented JSON', () => {
    const template = {
      Resources: {
        T: {
          Type: 'AWS::ECS::TaskDefinition',
          Properties: { ContainerDefinitions: [{ Name: 'a', User: '1' }] },
        },
      },
    };
    const text = `${JSON.stringify(template, null, 4)}\n`;
    const [container] = template.Resources.T.Properties.ContainerDefinitions;
    Object.assign(container!, { ReadonlyRootFilesystem: true });
    assert.equal(mend(text).text, `${JSON.stringify(template, null, 4)}\n`);
  });

  it('adds to minified raw task definitions, in their spelling', () => {
    const definition = {
      family: 'f',
      containerDefinitions: [
        { name: 'a', user: '1', image: 'i', readonlyRootFilesystem: null },
        { name: 'b', image: 'i', user: '1' },
      ],
    };
    const text = JSON.stringify(definition);
    const wanted = text
      .replace('null', 'true')
      .replace('"user":"1"}', '"user":"1","readonlyRootFilesystem":true}');
    assert.equal(mend(text).text, wanted);
  });

  it('adds to the answer of a describe call', () => {
    const text = JSON.stringify(
      { taskDefinition: { containerDefinitions: [{ name: 'a', image: 'i', user: '1' }], status: 'ACTIVE' } },
      null,
      2,
    );
    assert.match(mend(text).text, /"user": "1",\n {8}"readonlyRootFilesystem": true\n {6}\}/);
  });

  it('tells the place in a line that is too long to print', () => {
    const text = JSON.stringify({
      family: 'f',
      containerDefinitions: [{ name: 'a'.repeat(200), image: 'i', readonlyRootFilesystem: true }],
    });
    const [note] = mend(text).left;
    assert.ok(
      note!.message.endsWith(`in line 1, behind character ${text.indexOf('}]}')}, add:`),
      note!.message,
    );
    assert.deepEqual(note!.lines, [',"user":"1000:1000"']);
  });

  it('adds to the branch of a condition', () => {
    const conditions = 'Conditions: { IsProd: !Equals [!Ref AWS::Region, eu-west-1] }\n';
    const branch = ['- !If', '  - IsProd', '  - Name: app', "    User: '1'", '  - !Ref AWS::NoValue'];
    assert.deepEqual(changed(conditions + task(...branch)), ['+            ReadonlyRootFilesystem: true']);
  });

  it('repairs every document of a file', () => {
    const text = `${task(...container)}---\n${task(...container)}`;
    assert.equal(mend(text).text, `${task(...container)}${added}\n---\n${task(...container)}${added}\n`);
  });
});

/** The rules of the baseline, and one that objects to file systems that are read-only. */
function grudging(bytes: Buffer): Judgement {
  const judgement = BASELINE(bytes);
  if (!bytes.includes('ReadonlyRootFilesystem: true')) return judgement;
  const finding = {
    ...{ rule: 'other', identity: 'other', path: '', line: 1, column: 1 },
    ...{ resource: null, container: null },
  };
  return { ...judgement, findings: [...judgement.findings, finding] };
}

describe('what is not repaired', () => {
  const untouched = (text: string, reason: RegExp, judgement = judgeBy('baseline')) => {
    const { text: after, left } = mend(text, judgement);
    assert.equal(after, text);
    assert.match(left.map(({ message }) => message).join('\n'), reason);
  };

  it('stays when it stands below a function that nobody understands', () => {
    const text = task('Fn::Transform:', '  Name: x')
      .replace(
        'ContainerDefinitions:\n',
        'ContainerDefinitions:\n        - Name: a\n          User: "1"\n          Fn::Transform: {Name: x}\n',
      )
      .replace(/\n {8}Fn::Transform:\n.*\n$/, '\n');
    const { text: after } = mend(text);
    assert.equal(after, text);
  });

  it('stays when its value comes from a function', () => {
    const conditions = 'Conditions: { IsProd: !Equals [!Ref Environment, prod] }\n';
    const parameters =
      'Parameters: { Environment: { Type: String }, Readonly: { Type: String, Default: "false" } }\n';
    const line = (value: string) => `  ReadonlyRootFilesystem: ${value}`;
    const text = (value: string) => conditions + parameters + task('- Name: app', '  User: "1"', line(value));
    untouched(text('!If [IsProd, true, false]'), /its value comes from `Fn::If`; it takes Readonly/);
    untouched(text('!Ref Readonly'), /its value comes from `Ref`; it takes ReadonlyRootFilesystem: true/);
  });

  it('stays when an anchor makes it count elsewhere', () => {
    const text = task('- &app', '  Name: app', '  User: "1"', '- *app');
    untouched(text, /an anchor makes these lines count in other places too; add below line 9:/);
  });

  it('stays when an alias brings the value, and its line is told', () => {
    const text = task(
      '- Name: app',
      '  DockerSecurityOptions: &options',
      '    - label:disable',
      '- Name: log',
      '  DockerSecurityOptions: *options',
    ).replace('[FARGATE]', '[EC2]');
    untouched(text, /an anchor makes these lines count in other places too; remove line 11/, UNCONFINED);
  });

  it('stays when an element of its list is an alias', () => {
    const text = task(
      '- Name: app',
      '  DockerSecurityOptions: [&option label:disable]',
      '- Name: log',
      '  DockerSecurityOptions: [*option, "label:disable"]',
    ).replace('[FARGATE]', '[EC2]');
    untouched(text, /an anchor makes these lines count in other places too; it takes without/, UNCONFINED);
  });

  it('stays when a merge key brings the value', () => {
    const text = `Base: &base { ReadonlyRootFilesystem: false }\n${task('- Name: app', '  User: "1"', '  <<: *base')}`;
    untouched(text, /an anchor makes these lines count in other places too/);
  });

  it('stays when the file is generated', () => {
    const text = task('- Name: app', '  User: "1"').replace(
      '    Properties',
      '    Metadata: { "aws:cdk:path": App/Worker/Resource }\n    Properties',
    );
    untouched(text, /the CDK generates it from the construct `App\/Worker\/Resource`/);
  });

  const writers: ReadonlyArray<readonly [string, RegExp]> = [
    ['Command: ["sh", "-c", "echo hello > /srv/index.html && httpd"]', /its Command writes files/],
    ['EntryPoint: ["sh", "-c", "mkdir -p /data"]', /its EntryPoint writes files/],
    ['Command: [!Sub "echo ${Name} >> /etc/motd"]', /its Command writes files/],
    ['FirelensConfiguration: { Type: fluentbit }', /the log router writes/],
  ];
  for (const [line, reason] of writers)
    it(`is a writable file system with ${line}`, () => {
      untouched(task('- Name: app', '  User: "1"', `  ${line}`), reason);
    });

  const readers = [
    'Command: ["sh", "-c", "exec app > /dev/stdout 2>&1"]',
    'Command: ["node", "-e", "() => 1 -> 2"]',
    'Command: ["copy"]',
  ];
  for (const line of readers)
    it(`is not a writable file system with ${line}`, () => {
      assert.deepEqual(changed(task('- Name: app', '  User: "1"', `  ${line}`)), [
        '+          ReadonlyRootFilesystem: true',
      ]);
    });

  it('is a writable file system that ECS Exec needs', () => {
    const service =
      '  Service:\n    Type: AWS::ECS::Service\n    Properties: { TaskDefinition: !Ref Worker, EnableExecuteCommand: true }\n';
    untouched(task('- Name: app', '  User: "1"') + service, /ECS Exec writes to the file system/);
  });

  it('is what would make another rule fail', () => {
    untouched(
      task('- Name: app', '  User: "1"'),
      /not fixed, since `other` would then fail; add below line 8:/,
      grudging,
    );
  });

  it('is what the rule would not be content with', () => {
    const text = task('- Name: app', '  User: "1"');
    const findings = judgeBy('baseline')(Buffer.from(text)).findings;
    untouched(text, /the rule would still fail/, () => ({ findings, unknowns: [], complete: true }));
  });
});
