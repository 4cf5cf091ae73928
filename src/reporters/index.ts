import type { Report, Totals } from '../report/report.ts';
import { compact, compactSummary } from './compact.ts';
import type { View } from './view.ts';

/** A pure function: it does not print, sort, filter or read a clock. */
export type Render = (report: Report, view: View) => string;

/** What stands below a report, such as how long it took: as {@link Render}. */
export type Summarise = (totals: Totals, view: View) => string;

export interface Reporter {
  readonly help: string;
  /** Loads the code of a format, which no other format pays for. */
  load(): Promise<Render>;
  readonly summarise?: Summarise;
}

/** Every format by the name that `--format` takes. */
export const REPORTERS = {
  compact: { help: 'one line per violation', load: async () => compact, summarise: compactSummary },
  json: { help: 'the whole report as JSON', load: async () => (await import('./json.ts')).json },
  sarif: { help: 'SARIF 2.1.0, for code scanning', load: async () => (await import('./sarif.ts')).sarif },
  junit: { help: 'JUnit XML, for build servers', load: async () => (await import('./junit.ts')).junit },
  github: { help: 'annotations of GitHub workflows', load: async () => (await import('./github.ts')).github },
} as const satisfies Record<string, Reporter>;

export type Format = keyof typeof REPORTERS;

/** A report and what stands below it, apart by an empty line if there are both, as UTF-8. */
export function wholeText(lines: Buffer, summary: string): Buffer {
  const gap = lines.length > 0 && summary !== '' ? '\n' : '';
  return Buffer.concat([lines, Buffer.from(gap + summary)]);
}
