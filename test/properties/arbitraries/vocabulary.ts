/** Names that generated rules and data share, so that rules find something. */
export const KEYS = [
  ...['a', 'b', 'name', 'size', 'Tags', 'Tag', 'tags', 'Key', 'Value', 'Properties', 'Type'],
] as const;

/** Keys that need quotes somewhere, or begin like a word of the language. */
export const ODD_KEYS = [
  ...[
    '',
    ' ',
    'a-b',
    'a b',
    '5',
    '1a',
    'é',
    'éa',
    'it"s',
    "it's",
    'a\\b',
    '\\"',
    'a.b',
    '%',
    'a%b',
    'a:',
    '#a',
    '日本',
    '🎉',
  ],
  ...[
    'this',
    'thistle',
    'THIS',
    'when',
    'whenever',
    'keys',
    'KEYSX',
    'some',
    'SOME',
    'something',
    'not',
    'NOT',
  ],
  ...[
    'notes',
    'or',
    'OR',
    'order',
    'let',
    'rule',
    'rules',
    'in',
    'include',
    'IN',
    'exists',
    'EXISTS',
    'empty',
  ],
  ...[
    'emptyish',
    'is_list',
    'is_strings',
    'null',
    'nullable',
    'true',
    'trueish',
    'False',
    'r',
    'AWS::S3::Bucket',
  ],
  ...['count', 'now', '__proto__', 'constructor', 'Fn::If', '<<', '*', '/a/', '{', 'line\nbreak'],
] as const;

export const STRINGS = [
  ...[
    'a',
    'b',
    'web',
    'WEB',
    '10',
    'web-1',
    'a,b',
    '2024-01-02',
    '2024-01-02T03:04:05Z',
    '',
    'true',
    '{"a": 1}',
  ],
  ...['x%20y', 'é', 'name', 'AWS::S3::Bucket'],
] as const;

export const TYPES = ['AWS::S3::Bucket', 'AWS::SQS::Queue', 'AWS::EC2::Instance', 'Custom::Thing'] as const;
export const VARIABLES = ['x', 'y', 'items', 'names'] as const;
export const RULE_NAMES = ['first', 'second', 'third'] as const;

/** Parameterized rules with the number of their parameters. */
export const PARAMETERS = { check: ['p'], both: ['p', 'q'] } as const;
