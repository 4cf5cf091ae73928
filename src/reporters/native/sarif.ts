import { allMessages } from '../../report/native-messages.ts';
import type { FileReport } from '../../report/native-report.ts';
import type { Location } from '../../value/path.ts';
import type { Fields } from './document.ts';

const REPOSITORY = 'https://github.com/aws-cloudformation/cloudformation-guard';
const VERSION = '3.2.0';

/** The tool that a drop-in replacement has to pass for. */
const DRIVER: Fields = {
  name: 'cfn-guard',
  semanticVersion: VERSION,
  fullName: `cfn-guard ${VERSION}`,
  organization: 'Amazon Web Services',
  downloadUri: REPOSITORY,
  informationUri: REPOSITORY,
  shortDescription: {
    text: 'AWS CloudFormation Guard is an open-source general-purpose policy-as-code evaluation tool. It provides developers with a simple-to-use, yet powerful and expressive domain-specific language (DSL) to define policies and enables developers to validate JSON- or YAML- formatted structured data with those policies.',
  },
};

/** Failed files in the shape of the native tool's SARIF. */
export function sarifDocument(reports: readonly FileReport[]): Fields {
  const failed = reports.filter(({ status }) => status === 'FAIL');
  const names = new Set(failed.map(({ name }) => name).filter((name) => name !== ''));
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: DRIVER },
        artifacts: [...names].map((name) => ({ location: { uri: uriOf(name) } })),
        results: failed.flatMap(resultsOf),
      },
    ],
  };
}

function resultsOf({ name, failures }: FileReport): Fields[] {
  return failures.flatMap((rule) =>
    allMessages(rule).map(({ custom, error, location }) => ({
      ruleId: (rule.name.split('.')[0] ?? '').toUpperCase(),
      level: 'error',
      message: { text: `${error} ${custom ?? ''}` },
      locations: [
        { physicalLocation: { artifactLocation: { uri: uriOf(name) }, region: regionOf(location) } },
      ],
    })),
  );
}

/** Lines and columns that count from 0, raised to 1: off by one everywhere else, as in the native tool. */
function regionOf(location: Location | null): Fields {
  return { startLine: Math.max(1, location?.line ?? 0), startColumn: Math.max(1, location?.column ?? 0) };
}

function uriOf(name: string): string {
  return name.startsWith('/') ? name.slice(1) : name;
}
