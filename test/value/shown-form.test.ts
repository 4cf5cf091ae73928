import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadTemplates } from '../../src/template/templates.ts';
import { shownForm } from '../../src/value/shown-form.ts';

const shown = (text: string) => shownForm(loadTemplates('', Buffer.from(text))[0]!.root);

describe('shownForm', () => {
  const hidden: Array<[title: string, text: string, expected: string]> = [
    [
      'the value of any environment variable of a container',
      'Environment: [{Name: LEVEL, Value: info}]',
      '{"Environment":[{"Name":"LEVEL","Value":"***"}]}',
    ],
    [
      'that in a raw task definition, and one that is a number',
      'environment: [{name: LEVEL, value: 5}]',
      '{"environment":[{"name":"LEVEL","value":***}]}',
    ],
    [
      'an environment variable of a function',
      'Environment: {Variables: {LEVEL: info}}',
      '{"Environment":{"Variables":{"LEVEL":"***"}}}',
    ],
    ['what a key calls a secret', 'MasterUserPassword: abc', '{"MasterUserPassword":"***"}'],
    ['a token of a log driver', 'Options: {splunk-token: a-b-c}', '{"Options":{"splunk-token":"***"}}'],
    ['a list of secrets', 'ApiKeys: [abc, 5]', '{"ApiKeys":["***",***]}'],
    [
      'what the name beside it calls a secret',
      '{Name: auth_token, Value: abc}',
      '{"Name":"auth_token","Value":"***"}',
    ],
    ['a secret in a function', 'Password: {"Fn::Sub": "abc${X}"}', '{"Password":{"Fn::Sub":"***"}}'],
    [
      'what a parameter with NoEcho may be',
      'Parameters: {A: {NoEcho: true, Default: abc, AllowedValues: [abc, def]}}',
      '{"Parameters":{"A":{"NoEcho":true,"Default":"***","AllowedValues":["***","***"]}}}',
    ],
    [
      'the default of a parameter that is called a secret',
      'Parameters: {DbPassword: {Default: abc}}',
      '{"Parameters":{"DbPassword":{"Default":"***"}}}',
    ],
    [
      'an option of a command line',
      'Command: [--db-password, abc, --token=def, "run --api-key ghi"]',
      '{"Command":["--db-password","***","--token=***","run --api-key ***"]}',
    ],
    ['the password in a URL', 'Url: postgres://ann:abc@db/x', '{"Url":"postgres://ann:***@db/x"}'],
    ['the id of an access key', 'A: key AKIAIOSFODNN7EXAMPLE', '{"A":"key ***"}'],
    [
      'a private key',
      'A: "-----BEGIN RSA PRIVATE KEY-----\\nabc\\n-----END RSA PRIVATE KEY-----"',
      '{"A":"***"}',
    ],
    [
      'a secret in a text that is JSON',
      `A: '{"password": "abc", "user": "x"}'`,
      '{"A":"{"password": "***", "user": "x"}"}',
    ],
  ];
  for (const [title, text, expected] of hidden)
    it(`hides ${title}`, () => assert.equal(shown(text), expected));

  const open: Array<[title: string, text: string, expected: string]> = [
    ['what is no secret', 'User: root', '{"User":"root"}'],
    [
      'where a secret is kept',
      'Secrets: [{Name: DB_PASSWORD, ValueFrom: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-abc123"}]',
      '{"Secrets":[{"Name":"DB_PASSWORD","ValueFrom":"arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-abc123"}]}',
    ],
    ['the names of secrets', 'SecretName: db\nTokenPath: /run/x', '{"SecretName":"db","TokenPath":"/run/x"}'],
    ['what a reference refers to', 'Password: {Ref: DbPassword}', '{"Password":{"Ref":"DbPassword"}}'],
    ['whether there is a secret', 'ManageMasterUserPassword: true', '{"ManageMasterUserPassword":true}'],
    [
      'the default of another parameter',
      'Parameters: {A: {Default: abc}}',
      '{"Parameters":{"A":{"Default":"abc"}}}',
    ],
  ];
  for (const [title, text, expected] of open) it(`shows ${title}`, () => assert.equal(shown(text), expected));
});
