import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyVariants } from '../../src/value/key-case.ts';
import { nativeGuard, nativeVerdicts } from '../support/native.ts';

test('a key has seven spellings, in the order in which they are tried', () => {
  assert.deepEqual(keyVariants('BucketNames'), [
    'bucketNames',
    'BucketName',
    'bucket-names',
    'BucketNames',
    'bucket_names',
    'Bucket Names',
    'Bucket-Names',
  ]);
});

test('acronyms are flattened in camel case and split in snake case', () => {
  const [camel, , , , snake] = keyVariants('KMSKeyId');
  assert.equal(camel, 'kmskeyId');
  assert.equal(snake, 'kms_key_id');
});

test('digits end a word, except in title case', () => {
  const [, , , pascal, snake, title] = keyVariants('ipv6cidr');
  assert.deepEqual([pascal, snake, title], ['Ipv6Cidr', 'ipv_6cidr', 'Ipv6cidr']);
  assert.equal(keyVariants('Ipv6Cidr')[4], 'ipv_6_cidr');
});

const SINGULAR: Readonly<Record<string, string>> = {
  Policies: 'Policy',
  Addresses: 'Address',
  Status: 'Statu',
  Boxes: 'Box',
  Data: 'Datum',
  Heroes: 'Hero',
  Knives: 'Knife',
  Halves: 'Half',
  Matrices: 'Matrice',
  Indices: 'Indice',
  Databases: 'Databasis',
  Access: 'Access',
  Series: 'Sery',
  Analyses: 'Analyse',
  Buses: 'Buse',
  Archives: 'Archive',
  SecurityGroupIds: 'SecurityGroupId',
  Sheep: 'Sheep',
};

test('class case makes the last word singular', () => {
  for (const [plural, singular] of Object.entries(SINGULAR)) assert.equal(keyVariants(plural)[1], singular);
});

const KEYS = [
  ...Object.keys(SINGULAR),
  'BucketName',
  'bucketName',
  'bucket_name',
  'bucket-name',
  'EC2Instance',
  'KMSKeyId',
  'Ipv6Cidr',
  'a1b2',
  'URLs',
  'VpcIDs',
  'x',
  'X',
  'aB',
  'ABc',
  'Größe',
  'ÄpfelÖl',
  'tag__s',
  'HTTPSOnly',
  'S3Keys',
  'Mice',
  'Lice',
  'Movies',
  'Quizzes',
];

const native = nativeGuard('3.2.0');

test('spellings agree with the native tool', { skip: native.path === undefined && native.reason }, () => {
  const spellings = [...new Set(KEYS.flatMap((key) => [key, ...keyVariants(key)]))];
  const rules = KEYS.flatMap((key, row) =>
    spellings.map((_, column) => `rule r_${row}_${column} { m[${column}].'${key}' exists }`),
  );
  const data = JSON.stringify({ m: spellings.map((spelling) => ({ [spelling]: 1 })) });
  const verdicts = nativeVerdicts(native.path!, rules.join('\n'), data);
  assert.ok(verdicts, 'the native tool could not judge');
  for (const [row, key] of KEYS.entries()) {
    for (const [column, spelling] of spellings.entries()) {
      const found = spelling === key || keyVariants(key).includes(spelling);
      assert.equal(found ? 'PASS' : 'FAIL', verdicts.get(`r_${row}_${column}`), `${key} finds ${spelling}`);
    }
  }
});
