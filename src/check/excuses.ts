import type { Remark } from '../report/report.ts';
import type { ContentSuppression, Suppression } from '../report/suppression.ts';
import type { FileVerdict } from '../report/verdict.ts';
import type { Standards } from './assess.ts';
import { configuredEntry, type Excusable, type ExcuseEntry, heldEntry } from './excuse-entry.ts';
import { excuseKey, remarkOn } from './excuse-remark.ts';

/** All suppressions that may concern one file, and which of them anything needed. */
export class Excuses {
  readonly #file: string;
  readonly #entries: readonly ExcuseEntry[];

  constructor(
    file: string,
    { status, suppressions }: Pick<FileVerdict, 'status' | 'suppressions'>,
    { excuses, levelOf, today }: Standards,
  ) {
    this.#file = file;
    const context = { file, complete: status !== 'ERROR', today };
    this.#entries = [
      ...suppressions.map((content) => heldEntry(content, context)),
      ...excuses.map((excuse) => configuredEntry(excuse, context)),
    ].filter(({ suppression }) => levelOf(suppression.rule) !== 'off');
  }

  /** What excuses the violation, if anything does. */
  find(found: Excusable): Suppression | undefined {
    const here = this.#entries.filter((entry) => entry.coversPlace(found));
    const fitting = here.filter(({ suppression }) => suppression.rule === found.rule);
    for (const { suppression, others } of here) if (suppression.rule !== found.rule) others.add(found.rule);
    for (const entry of fitting) entry.used = true;
    return fitting.find(({ state }) => state === 'active')?.suppression;
  }

  /**
   * What to say about them, once all violations have asked.
   *
   * @param before those of the versions that the change starts from; null when these are not known
   */
  remarks(before: readonly ContentSuppression[] | null): Remark[] {
    const known = before && new Set(before.map(excuseKey));
    return this.#entries.flatMap((entry) => {
      const said = remarkOn(entry, known);
      if (said === undefined) return [];
      const { file, line, column } = entry.suppression;
      return [{ ...said, file: file || this.#file, ...(line === 0 ? {} : { line, column }) }];
    });
  }
}
