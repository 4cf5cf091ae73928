import type { Colours } from './colours.ts';

/** How the reader sees the text. */
export interface View {
  readonly colours: Colours;
  /** Whether a person is likely to read it on a terminal, where columns are aligned. */
  readonly terminal: boolean;
  /** Only what is wrong: no summary. */
  readonly quiet: boolean;
  /** Whether what could not be decided is listed, and not only counted. */
  readonly unknowns: boolean;
  /** Whether a commit waits for the verdict. */
  readonly committing: boolean;
  /** Version of this package, for formats that say which tool they are from. */
  readonly version: string;
}
