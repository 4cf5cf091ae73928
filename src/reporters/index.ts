import type { Report } from '../report/report.ts';
import { compact } from './compact.ts';
import { json } from './json.ts';
import type { View } from './view.ts';

export interface Reporter {
  readonly help: string;
  render(report: Report, view: View): string;
}

/** Every format by the name that `--format` takes. */
export const REPORTERS = {
  compact: { help: 'one line per violation', render: compact },
  json: { help: 'the whole report as JSON', render: json },
} as const satisfies Record<string, Reporter>;

export type Format = keyof typeof REPORTERS;
