import { NO_STORE } from '../cache/store.ts';
import { STANDARD_LIMITS } from '../source/limits.ts';
import { judge } from './judge.ts';
import { compileRuleTexts } from './rules.ts';

/** A task definition that breaks rules, so that explaining a violation is exercised as well. */
const SAMPLE = `Conditions:
  IsSample: !Equals [!Ref AWS::Region, sample]
Resources:
  Sample:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: sample
          Image: !Sub '\${AWS::AccountId}.dkr.ecr.\${AWS::Region}.amazonaws.com/sample'
          User: root
          Privileged: !If [IsSample, true, false]
          PortMappings: [{ ContainerPort: 80 }]
`;

/** Runs the code that judges staged templates once, in memory, so that a code cache made afterwards holds it. */
export async function warmUp(): Promise<void> {
  const { programs } = await compileRuleTexts(
    { packs: ['baseline'], sources: [], diagnostics: [] },
    NO_STORE,
    STANDARD_LIMITS,
  );
  const bytes = Buffer.from(SAMPLE);
  judge([{ input: { path: 'sample.yml', content: bytes }, bytes }], {
    programs,
    intrinsics: true,
    limits: STANDARD_LIMITS,
  });
}
