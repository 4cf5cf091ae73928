import type { Remark, ReportFinding } from '../report/report.ts';
import type { ContentSuppression, Suppression } from '../report/suppression.ts';
import type { Excuse, Standards } from './assess.ts';

interface Entry {
  readonly suppression: Suppression;
  readonly state: 'active' | 'expired' | 'without-reason';
  /** Of those that the template holds. */
  readonly content: ContentSuppression | null;
  covers(finding: ReportFinding): boolean;
  used: boolean;
}

/** All suppressions that may concern one file, and which of them anything needed. */
export class Excuses {
  readonly #file: string;
  readonly #entries: readonly Entry[];

  constructor(file: string, held: readonly ContentSuppression[], { excuses, today }: Standards) {
    this.#file = file;
    this.#entries = [
      ...held.map((content) => heldEntry(file, content, today)),
      ...excuses.map((excuse) => configuredEntry(excuse, today)),
    ];
  }

  /** What excuses the violation, if anything does. */
  find(finding: ReportFinding): Suppression | undefined {
    let found: Suppression | undefined;
    for (const entry of this.#entries) {
      if (!entry.covers(finding)) continue;
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
      const { suppression, state, content, used } = entry;
      const say = (kind: Remark['kind'], message: string): Remark[] => {
        const { file, line, column } = suppression;
        return [{ kind, file: file || this.#file, ...(line === 0 ? {} : { line, column }), message }];
      };
      const rule = `\`${suppression.rule}\``;
      if (state === 'expired')
        return say('suppression-expired', `the excuse from ${rule} ended on ${suppression.until}`);
      if (state === 'without-reason')
        return say('suppression-ignored', `the excuse from ${rule} does not count, since it gives no reason`);
      if (content === null || content.shared) return [];
      if (!used) return say('suppression-unused', `nothing needs the excuse from ${rule} any more`);
      if (known === null || known.has(keyOf(content))) return [];
      return say('suppression-added', `this change excuses ${rule}: ${suppression.reason}`);
    });
  }
}

function heldEntry(file: string, content: ContentSuppression, today: string): Entry {
  const { scope, shared, ...suppression } = content;
  return {
    suppression: { ...suppression, file },
    state: stateOf(content, shared, today),
    content,
    covers: ({ rule, path }) => rule === content.rule && (path === scope || path.startsWith(`${scope}/`)),
    used: false,
  };
}

function configuredEntry({ resource, ...suppression }: Excuse, today: string): Entry {
  return {
    suppression,
    state: stateOf(suppression, false, today),
    content: null,
    covers: (finding) =>
      finding.rule === suppression.rule && (resource === null || finding.resource === resource),
    used: false,
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

/** The same excuse in two versions of a template, wherever it stands. */
function keyOf({ rule, scope }: ContentSuppression): string {
  return JSON.stringify([rule, scope]);
}
