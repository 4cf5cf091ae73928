import type { Remark } from '../report/report.ts';
import type { ContentSuppression } from '../report/suppression.ts';
import { nearest } from '../source/nearest.ts';
import type { ExcuseEntry } from './excuse-entry.ts';

/** What is said, without the place. */
type Sentence = Pick<Remark, 'kind' | 'message'>;

/**
 * What to say about an excuse, once all violations have asked for it; nothing when it does its work.
 *
 * @param known keys of the excuses that were there before the change; null when nobody knows
 */
export function remarkOn(entry: ExcuseEntry, known: ReadonlySet<string> | null): Sentence | undefined {
  return misspelled(entry) ?? withoutEffect(entry) ?? unused(entry) ?? added(entry, known);
}

/** The same for the same excuse in two versions of a template, wherever it stands; one that lasts longer is another one. */
export function excuseKey({ identity, until }: ContentSuppression): string {
  return JSON.stringify([identity, until]);
}

/** The rule may well exist elsewhere, so only an objection by one of nearly the same name tells. */
function misspelled({ suppression: { rule }, content, others }: ExcuseEntry): Sentence | undefined {
  if (content === null || content.judged || content.shared) return undefined;
  const meant = nearest(rule, others);
  if (meant === undefined) return undefined;
  return {
    kind: 'suppression-ignored',
    message: `no rule is called \`${rule}\`; did you mean \`${meant}\`?`,
  };
}

function withoutEffect({ suppression, state, used, telling }: ExcuseEntry): Sentence | undefined {
  const { rule, until } = suppression;
  if (state === 'without-reason')
    return {
      kind: 'suppression-ignored',
      message: `the excuse from \`${rule}\` does not count: it gives no reason`,
    };
  if (state !== 'expired') return undefined;
  const wayOut = telling && !used ? 'nothing needs it; remove it' : 'give it another day, or remove it';
  return { kind: 'suppression-expired', message: `the excuse from \`${rule}\` ended on ${until}: ${wayOut}` };
}

/** The rules that know the shared form do not object where it stands, so nobody learns whether they need it. */
function unused({ suppression: { rule }, content, used, telling }: ExcuseEntry): Sentence | undefined {
  if (used || !telling || content?.shared === true) return undefined;
  return { kind: 'suppression-unused', message: `nothing needs the excuse from \`${rule}\`; remove it` };
}

/** An excuse in the settings is no news for the file; one in the shared form may be about rules of other tools. */
function added(
  { suppression, content, telling }: ExcuseEntry,
  known: ReadonlySet<string> | null,
): Sentence | undefined {
  if (content === null || known === null || known.has(excuseKey(content))) return undefined;
  if (content.shared && !telling) return undefined;
  const { rule, reason, until } = suppression;
  const limit = until === null ? '' : ` until ${until}`;
  const why = reason === null ? '' : `: ${reason}`;
  return { kind: 'suppression-added', message: `this change excuses \`${rule}\`${limit}${why}` };
}
