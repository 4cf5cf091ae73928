/** A task definition with one container, which breaks the rule below on line 8 when `user` is root. */
export function taskDefinition(user: string, { resource = 'Worker', container = 'app' } = {}): string {
  return `Resources:
  ${resource}:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: ${container}
          Image: busybox
          User: ${user}
`;
}

/** Place, subject and message of the one violation of `taskDefinition('root')`. */
export const VIOLATION = ':8:17  Worker › app  no_root  run as somebody else';

/** The only rule of most tests: they are about the way to the engine and back. */
export const NO_ROOT = `rule no_root {
  Resources.*[ Type == 'AWS::ECS::TaskDefinition' ].Properties.ContainerDefinitions[*] {
    User != 'root' <<run as somebody else>>
  }
}
`;
