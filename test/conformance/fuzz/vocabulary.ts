/** Names that generated rules and data share, so that rules find something. */
export const KEYS = [
  'a',
  'b',
  'name',
  'size',
  'Tags',
  'Tag',
  'tags',
  'Key',
  'Value',
  'Properties',
  'Type',
] as const;
export const STRINGS = [
  'a',
  'b',
  'web',
  'WEB',
  '10',
  'web-1',
  'a,b',
  '2024-01-02',
  '',
  'true',
  '{"a": 1}',
  'x%20y',
  'é',
] as const;
export const TYPES = ['AWS::S3::Bucket', 'AWS::SQS::Queue', 'AWS::EC2::Instance', 'Custom::Thing'] as const;
export const RULE_NAMES = ['first', 'second', 'third'] as const;
export const VARIABLES = ['x', 'y', 'items', 'names'] as const;
