import type { ReportFinding } from '../report/report.ts';
import type { ContentSuppression, Suppression } from '../report/suppression.ts';
import type { Excuse } from './assess.ts';

/** What of a violation decides on whether it is excused. */
export type Excusable = Pick<ReportFinding, 'rule' | 'path' | 'line' | 'resource' | 'container'>;

/** A suppression that may concern a file, with what became of it there. */
export interface ExcuseEntry {
  readonly suppression: Suppression;
  readonly state: 'active' | 'expired' | 'without-reason';
  /** Of those that the template holds; null: the settings hold it. */
  readonly content: ContentSuppression | null;
  /** Whether nothing needs it when nothing in this file does. */
  readonly telling: boolean;
  coversPlace(found: Excusable): boolean;
  used: boolean;
  /** Other rules that object to something in its place. */
  readonly others: Set<string>;
}

/** What a file is judged by, as far as it matters for excuses. */
export interface ExcuseContext {
  /** The file, as the user knows it. */
  readonly file: string;
  /** Whether all rules could judge it. */
  readonly complete: boolean;
  /** The day, as `2027-03-31`. */
  readonly today: string;
}

/** The entry of a suppression that the file itself holds. */
export function heldEntry(
  content: ContentSuppression,
  { file, complete, today }: ExcuseContext,
): ExcuseEntry {
  const { rule, reason, until, line, column, shared, judged } = content;
  return {
    suppression: { rule, reason, until, file, line, column },
    state: stateOf(content, shared, today),
    content,
    telling: judged && complete,
    coversPlace: (found) => coversPlace(content, found),
    used: false,
    others: new Set(),
  };
}

function coversPlace(
  { scopes, beginning = [], container, lines }: ContentSuppression,
  { path, line, ...found }: Excusable,
): boolean {
  const isAbout =
    beginning.includes(path) || scopes.some((scope) => path === scope || path.startsWith(`${scope}/`));
  return (
    isAbout &&
    (container === undefined || found.container === container) &&
    (lines === undefined || (lines[0] <= line && line <= lines[1]))
  );
}

/** The entry of a suppression in the settings. */
export function configuredEntry(
  { resource, telling = false, ...suppression }: Excuse,
  { complete, today }: ExcuseContext,
): ExcuseEntry {
  return {
    suppression,
    state: stateOf(suppression, false, today),
    content: null,
    telling: telling && complete,
    coversPlace: (found) => resource === null || found.resource === resource,
    used: false,
    others: new Set(),
  };
}

function stateOf(
  { reason, until }: Pick<Suppression, 'reason' | 'until'>,
  shared: boolean,
  today: string,
): ExcuseEntry['state'] {
  // Days in this form are ordered as texts are.
  if (until !== null && until < today) return 'expired';
  return reason === null && !shared ? 'without-reason' : 'active';
}
