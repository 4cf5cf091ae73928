import type { Status } from '../../engine/status.ts';

/** What the user asked the console report to show. */
export interface NativeView {
  readonly colours: boolean;
  /** Statuses whose rules the summary table lists; empty: no table. */
  readonly summary: ReadonlySet<Status>;
  readonly format: 'single-line-summary' | 'json' | 'yaml';
  /** Also the tree of everything that was evaluated. */
  readonly verbose: boolean;
  /** Also that tree as JSON. */
  readonly printJson: boolean;
}
