import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check } from '../../src/check/check.ts';
import { type Format, REPORTERS } from '../../src/reporters/index.ts';
import { PLAIN } from '../reporters/reports.ts';
import { withRepo } from '../support/repo.ts';

/** Rules that quote whatever they can get hold of, in our words and in their own. */
const RULES = `rule ours {
  Parameters[ keys != 'Plain' ].Default == 'x'
  Resources.*.Properties {
    ContainerDefinitions[*] {
      this is_string
      Environment is_string
      Environment[*].Value == 'x'
      Environment[*].Value in Command
      LogConfiguration.Options.* == 'x'
      Command[*] == 'x'
      Secrets[*] is_string
    }
    ContainerDefinitions[*].Environment[*].Value == ContainerDefinitions[*].Command[*]
  }
}
rule theirs {
  Resources.*.Properties.ContainerDefinitions[*] {
    this is_string <<{value} in {container}>>
    Environment[*].Value == 'x' <<{value}>>
    LogConfiguration.Options.* == 'x' <<"{value}">>
    Command[*] == 'x' <<{value}>>
  }
}
`;

const TEMPLATE = `Parameters:
  DbPassword: { Type: String, Default: hunter2-default }
  Hidden: { Type: String, NoEcho: true, Default: hunter2-hidden, AllowedValues: [hunter2-hidden, hunter2-other] }
  Plain: { Type: String, Default: hunter2-plain }
Conditions:
  IsOther: !Equals [!Ref Hidden, hunter2-other]
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: app
          Image: app:1
          Environment:
            - { Name: PLAIN, Value: hunter2-literal }
            - { Name: GIVEN, Value: !Ref Plain }
            - { Name: CHOSEN, Value: !If [IsOther, hunter2-a, hunter2-b] }
          Command: [--token, hunter2-token, '--password=hunter2-option', !Ref DbPassword, !Sub 'x=\${DbPassword}', !Ref Hidden]
          LogConfiguration:
            LogDriver: splunk
            Options: { splunk-token: hunter2-splunk, splunk-url: 'https://u:hunter2-url@example.com' }
`;

const TASK_DEFINITION = `{
  "family": "web",
  "containerDefinitions": [
    {
      "name": "app",
      "environment": [{ "name": "PLAIN", "value": "hunter2-literal" }, { "name": "MORE", "value": "hunter2-\${MORE}" }],
      "command": ["--token", "hunter2-token", "--password=hunter2-option", "--api-key hunter2-key"],
      "logConfiguration": { "logDriver": "splunk", "options": { "splunk-token": "hunter2-splunk" } }
    }
  ]
}
`;

for (const intrinsics of [true, false])
  test(`no format shows a secret, with intrinsic functions ${intrinsics ? 'tried out' : 'as they are written'}`, async (t) => {
    const repo = withRepo(t);
    repo.write('r.guard', RULES);
    repo.stage({ 'template.yml': TEMPLATE, 'taskdef.json': TASK_DEFINITION });
    const report = await check({
      ...{ cwd: repo.path, env: repo.env, paths: [], packs: [], rules: ['r.guard'] },
      intrinsics,
      elapsed: () => 0,
    });
    for (const file of ['template.yml', 'taskdef.json'])
      assert.ok(report.findings.filter((finding) => finding.file === file).length > 10, file);
    for (const format of Object.keys(REPORTERS) as Format[]) {
      const shown = (await REPORTERS[format].load())(report, { ...PLAIN, unknowns: true });
      assert.match(shown, /\*\*\*/);
      assert.deepEqual(shown.match(/.*hunter2.*/g), null, format);
    }
  });
