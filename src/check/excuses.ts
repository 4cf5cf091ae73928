import type { Remark, ReportFinding } from '../report/report.ts';
import type { ContentSuppression, Suppression } from '../report/suppression.ts';
import type { FileVerdict } from '../report/verdict.ts';
import { nearest } from '../source/nearest.ts';
import type { Excuse, Standards } from './assess.ts';

type Covered = Pick<ReportFinding, 'rule' | 'path' | 'line' | 'resource' | 'container'>;

interface Entry {
  readonly suppression: Suppression;
  readonly state: 'active' | 'expired' | 'without-reason';
  /** Of those that the template holds. */
  readonly content: ContentSuppression | null;
  /** Whether nothing needs it when nothing in this file does. */
  readonly telling: boolean;
  coversPlace(finding: Covered): boolean;
  used: boolean;
  /** Other rules that object to something in its place. */
  readonly others: Set<string>;
}

/** All suppressions that may concern one file, and which of them anything needed. */
export class Excuses {
  readonly #file: string;
  readonly #entries: readonly Entry[];

  constructor(
    file: string,
    { status, suppressions }: Pick<FileVerdict, 'status' | 'suppressions'>,
    { excuses, levelOf, today }: Standards,
  ) {
    this.#file = file;
    const complete = status !== 'ERROR';
    this.#entries = [
      ...suppressions.map((content) => heldEntry(file, content, complete, today)),
      ...excuses.map((excuse) => configuredEntry(excuse, complete, today)),
    ].filter(({ suppression }) => levelOf(suppression.rule) !== 'off');
  }

  /** What excuses the violation, if anything does. */
  find(finding: Covered): Suppression | undefined {
    let found: Suppression | undefined;
    for (const entry of this.#entries) {
      if (!entry.coversPlace(finding)) continue;
      if (entry.suppression.rule !== finding.rule) {
        entry.others.add(finding.rule);
        continue;
      }
      entry.used = true;
      if (entry.state === 'active') found ??= entry.suppression;
    }
    return found;
  }

  /**
   * What to say about them, once all violations have asked.
   *
   * @param before those of the versions that the change starts from; null when these are not known
   */
  remarks(before: readonly ContentSuppression[] | null): Remark[] {
    const known = before && new Set(before.map(keyOf));
    return this.#entries.flatMap((entry) => {
      const said = remarkOn(entry, known);
      if (said === undefined) return [];
      const { file, line, column } = entry.suppression;
      return [{ ...said, file: file || this.#file, ...(line === 0 ? {} : { line, column }) }];
    });
  }
}

function remarkOn(
  { suppression, state, content, telling, used, others }: Entry,
  known: ReadonlySet<string> | null,
): Pick<Remark, 'kind' | 'message'> | undefined {
  const { rule, reason, until } = suppression;
  const excuse = `the excuse from \`${rule}\``;
  const shared = content?.shared === true;
  const meant = used || shared || content?.judged !== false ? undefined : nearest(rule, others);
  if (meant !== undefined)
    return {
      kind: 'suppression-ignored',
      message: `no rule is called \`${rule}\`; did you mean \`${meant}\`?`,
    };
  if (state === 'without-reason')
    return { kind: 'suppression-ignored', message: `${excuse} does not count: it gives no reason` };
  if (state === 'expired') {
    const wayOut = used || !telling ? 'give it another day, or remove it' : 'nothing needs it; remove it';
    return { kind: 'suppression-expired', message: `${excuse} ended on ${until}: ${wayOut}` };
  }
  if (!used && telling && !shared)
    return { kind: 'suppression-unused', message: `nothing needs ${excuse}; remove it` };
  if (content === null || known === null || known.has(keyOf(content)) || (shared && !telling))
    return undefined;
  const limit = until === null ? '' : ` until ${until}`;
  const why = reason === null ? '' : `: ${reason}`;
  return { kind: 'suppression-added', message: `this change excuses \`${rule}\`${limit}${why}` };
}

function heldEntry(file: string, content: ContentSuppression, complete: boolean, today: string): Entry {
  const {
    rule,
    reason,
    until,
    line,
    column,
    scopes,
    beginning = [],
    container,
    lines,
    shared,
    judged,
  } = content;
  return {
    suppression: { rule, reason, until, file, line, column },
    state: stateOf(content, shared, today),
    content,
    telling: judged && complete,
    coversPlace: (finding) =>
      (scopes.some((scope) => isWithin(finding.path, scope)) || beginning.includes(finding.path)) &&
      (container === undefined || finding.container === container) &&
      (lines === undefined || (lines[0] <= finding.line && finding.line <= lines[1])),
    used: false,
    others: new Set(),
  };
}

function isWithin(path: string, scope: string): boolean {
  return path === scope || path.startsWith(`${scope}/`);
}

function configuredEntry(
  { resource, telling = false, ...suppression }: Excuse,
  complete: boolean,
  today: string,
): Entry {
  return {
    suppression,
    state: stateOf(suppression, false, today),
    content: null,
    telling: telling && complete,
    coversPlace: (finding) => resource === null || finding.resource === resource,
    used: false,
    others: new Set(),
  };
}

function stateOf(
  { reason, until }: Pick<Suppression, 'reason' | 'until'>,
  shared: boolean,
  today: string,
): Entry['state'] {
  // Days in this form are ordered as texts are.
  if (until !== null && until < today) return 'expired';
  return reason === null && !shared ? 'without-reason' : 'active';
}

/** The same excuse in two versions of a template, wherever it stands; one that lasts longer is another one. */
function keyOf({ identity, until }: ContentSuppression): string {
  return JSON.stringify([identity, until]);
}
