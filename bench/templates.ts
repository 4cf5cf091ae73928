/*
 * Templates to judge, made here so that everybody measures the same ones: services as people write them, with comments,
 * intrinsic functions and something to object to now and then.
 */

/**
 * A YAML template.
 *
 * @param resources how many
 * @param seed varies what is in it
 */
export function templateWith(resources: number, seed = 0): string {
  const parts = Array.from({ length: resources }, (_, at) => {
    const make = RESOURCES[(at + seed) % RESOURCES.length]!;
    return make(`Part${at}`, (at * 7 + seed * 13) % 29);
  });
  return `AWSTemplateFormatVersion: '2010-09-09'
Description: Service ${seed}
Parameters:
  Stage: { Type: String, Default: test }
Conditions:
  IsProduction: !Equals [!Ref Stage, production]
Resources:
${parts.join('')}`;
}

/** A template whose one resource nests maps so deep, with `Leaf: 1` at the bottom. */
export function templateOfDepth(depth: number): string {
  const lines = Array.from({ length: depth }, (_, level) => `${' '.repeat(level + 6)}Inner:\n`);
  return `Resources:\n  Deep:\n    Type: AWS::Deep::Thing\n    Properties:\n${lines.join('')}${' '.repeat(depth + 6)}Leaf: 1\n`;
}

/** A rule that asks for that leaf. */
export function ruleOfDepth(depth: number): string {
  return `rule deep { Resources.*.Properties${'.Inner'.repeat(depth)}.Leaf == 1 }\n`;
}

/** As many rules in one file, each about a type and a property of its own. */
export function rules(count: number): string {
  const rule = (at: number) => `let things_${at} = Resources.*[ Type == 'AWS::Service${at % 40}::Thing' ]
rule rule_${at} when %things_${at} !empty {
  %things_${at}.Properties.Setting${at} exists <<set it>>
}
rule of_every_task_${at} {
  Resources.*[ Type == 'AWS::ECS::TaskDefinition' ].Properties.Family != /^forbidden-${at}$/
}
`;
  return Array.from({ length: Math.ceil(count / 2) }, (_, at) => rule(at)).join('');
}

type Resource = (name: string, variant: number) => string;

const taskDefinition: Resource = (name, variant) => `  ${name}:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: app-${variant}
      Cpu: '256'
      RequiresCompatibilities: [FARGATE]
      ContainerDefinitions:
        - Name: app
          # Mirrored every night.
          Image: !Sub '\${AWS::AccountId}.dkr.ecr.\${AWS::Region}.amazonaws.com/app:${variant}'
          Essential: true
          User: ${variant % 9 === 0 ? 'root' : "'1000:1000'"}
          ReadonlyRootFilesystem: ${variant % 11 !== 0}
          Environment:
            - { Name: STAGE, Value: !Ref Stage }
            - { Name: LEVEL, Value: info }
          LogConfiguration:
            LogDriver: awslogs
            Options:
              awslogs-group: !Ref Stage
              mode: non-blocking
              max-buffer-size: 25m
`;

const service: Resource = (name, variant) => `  ${name}:
    Type: AWS::ECS::Service
    DependsOn: Part0
    Properties:
      DesiredCount: !If [IsProduction, ${variant}, 1]
      LaunchType: FARGATE
      NetworkConfiguration:
        AwsvpcConfiguration:
          AssignPublicIp: ${variant % 7 === 0 ? 'ENABLED' : 'DISABLED'}
          Subnets: !Split [',', !ImportValue subnets]
`;

const bucket: Resource = (name, variant) => `  ${name}:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: !Sub 'files-${variant}-\${AWS::AccountId}'
      VersioningConfiguration: { Status: ${variant % 5 === 0 ? 'Suspended' : 'Enabled'} }
      PublicAccessBlockConfiguration:
        BlockPublicAcls: true
        BlockPublicPolicy: true
`;

const role: Resource = (name, variant) => `  ${name}:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: { Service: ecs-tasks.amazonaws.com }
            Action: sts:AssumeRole
      Policies:
        - PolicyName: queue-${variant}
          PolicyDocument:
            Statement: { Effect: Allow, Action: ['sqs:SendMessage'], Resource: '*' }
`;

const securityGroup: Resource = (name, variant) => `  ${name}:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: |
        Reaches the service
        from inside.
      SecurityGroupIngress:
        - { IpProtocol: tcp, FromPort: ${80 + variant}, ToPort: ${80 + variant}, CidrIp: 10.0.0.0/8 }
`;

const logGroup: Resource = (name, variant) => `  ${name}:
    Type: AWS::Logs::LogGroup
    Properties:
      RetentionInDays: ${variant}
      Tags: [{ Key: team, Value: "team ${variant}" }]
`;

const RESOURCES: readonly Resource[] = [
  taskDefinition,
  service,
  bucket,
  taskDefinition,
  role,
  securityGroup,
  logGroup,
];

/** A small task definition that the default rules accept. */
export const GOOD_TASK = `AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: web
      ContainerDefinitions:
        - Name: web
          Image: public.ecr.aws/docker/library/alpine:latest
          Essential: true
          User: '1000:1000'
          ReadonlyRootFilesystem: true
          LogConfiguration:
            LogDriver: awslogs
            Options:
              mode: non-blocking
              max-buffer-size: 25m
`;

/** The same as it should not be. */
export const BAD_TASK = GOOD_TASK.replace("'1000:1000'", 'root');
