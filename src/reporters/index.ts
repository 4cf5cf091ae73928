import type { Report } from '../report/report.ts';
import { compact } from './compact.ts';
import { github } from './github.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { sarif } from './sarif.ts';
import type { View } from './view.ts';

export interface Reporter {
  readonly help: string;
  render(report: Report, view: View): string;
}

/** Every format by the name that `--format` takes. */
export const REPORTERS = {
  compact: { help: 'one line per violation', render: compact },
  json: { help: 'the whole report as JSON', render: json },
  sarif: { help: 'SARIF 2.1.0, for code scanning', render: sarif },
  junit: { help: 'JUnit XML, for build servers', render: junit },
  github: { help: 'annotations of GitHub workflows', render: github },
} as const satisfies Record<string, Reporter>;

export type Format = keyof typeof REPORTERS;
