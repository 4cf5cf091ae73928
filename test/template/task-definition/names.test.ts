import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cloudFormationName, inApiSpelling } from '../../../src/template/task-definition/names.ts';

test('names begin with a capital letter in CloudFormation, but for those that it spells in its own way', () => {
  const names: [name: string, around: string, expected: string][] = [
    ['readonlyRootFilesystem', 'containerDefinitions', 'ReadonlyRootFilesystem'],
    ['efsVolumeConfiguration', 'volumes', 'EFSVolumeConfiguration'],
    ['fileSystemId', 'efsVolumeConfiguration', 'FilesystemId'],
    ['fileSystemId', 'fsxWindowsFileServerVolumeConfiguration', 'FileSystemId'],
    ['fsxWindowsFileServerVolumeConfiguration', 'volumes', 'FSxWindowsFileServerVolumeConfiguration'],
    ['iam', 'authorizationConfig', 'IAM'],
    ['properties', 'proxyConfiguration', 'ProxyConfigurationProperties'],
  ];
  for (const [name, around, expected] of names) assert.equal(cloudFormationName(name, around), expected);
});

test('a text of a rule names properties as the file does', () => {
  const texts = {
    'Set `User`, or Privileged': 'Set `user`, or privileged',
    'remove it from LinuxParameters.Capabilities.Add': 'remove it from linuxParameters.capabilities.add',
    'add User: "1000:1000" here': 'add "user": "1000:1000" here',
    "e.g. User: 'app'": 'e.g. "user": "app"',
    'set ReadonlyRootFilesystem: true and more': 'set "readonlyRootFilesystem": true and more',
    'set EFSVolumeConfiguration.AuthorizationConfig.IAM: ENABLED':
      'set efsVolumeConfiguration.authorizationConfig.iam: ENABLED',
  };
  for (const [text, expected] of Object.entries(texts)) assert.equal(inApiSpelling(text, true), expected);
  assert.equal(inApiSpelling("User: 'app'", false), "user: 'app'");
});

test('words that are no properties stay as they are', () => {
  const texts = [
    'Container in the ECS task definition',
    'from Secrets Manager',
    'Environment variable',
    'see https://example.com/User-guide/Privileged',
    'AWS::ECS::Tags',
    'the UserName, MyUser and AWS_User',
    'Linux tasks on Fargate',
  ];
  for (const text of texts) assert.equal(inApiSpelling(text, true), text);
});
