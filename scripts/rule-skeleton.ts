/** The files of a new rule by their endings: all parts that the tests ask for, to be rewritten where `…` stands. */
export function ruleSkeleton(name: string): { readonly [ending: string]: string } {
  return { guard: rule(name), 'tests.yaml': tests(name), md: page(name) };
}

const rule = (name: string) => `# Tasks must … . One sentence, which lists and reports show as the summary.
#
# What exactly is judged, what passes, and what is not judged.
#
# Elsewhere: Security Hub ECS.0; checkov CKV_AWS_0
#
# https://docs.aws.amazon.com/

let tasks = Resources.*[ Type == 'AWS::ECS::TaskDefinition' ]

let wrong = %tasks[ Properties.Property == 'wrong' ].Properties.Property

rule ${name} when %tasks !empty {
  %wrong empty
    <<Property "{value}" is wrong: do this instead>>
}
`;

const unitTest = (
  name: string,
  kind: string,
  property: string,
  outcome: string,
) => `- name: what this one shows
  kind: ${kind}
  input:
    Resources:
      Task:
        Type: AWS::ECS::TaskDefinition
        Properties: { ${property} }
  expectations: { rules: { ${name}: ${outcome} } }
`;

const tests = (name: string) =>
  [
    unitTest(name, 'pass', 'Property: right', 'PASS'),
    unitTest(name, 'fail', 'Property: wrong', 'FAIL'),
    `- name: a template without task definitions
  kind: skip
  input: { Resources: { Bucket: { Type: 'AWS::S3::Bucket' } } }
  expectations: { rules: { ${name}: SKIP } }
`,
    unitTest(name, 'tricky', 'Property: { Ref: Parameter }', 'PASS'),
    unitTest(name, 'raw', 'property: wrong', 'FAIL'),
  ].join('\n');

const example = (property: string) => `\`\`\`yaml
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Property: ${property}
\`\`\``;

const page = (name: string) => `# ${name}

Tasks must … . The same sentence as in the rule.

## Why

What happens otherwise.

## How to fix

What to write instead.

Before:

${example('wrong')}

After:

${example('right')}

## Elsewhere

- Security Hub ECS.0
- checkov CKV_AWS_0

## More

- [Amazon ECS](https://docs.aws.amazon.com/)
`;
