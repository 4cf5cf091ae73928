import type { RulesFile } from '../language/ast.ts';
import { parseRules } from '../language/parser.ts';
import type { Limits } from '../source/limits.ts';
import type { Source } from '../source/source.ts';
import { rulesKey } from './key.ts';
import type { Store } from './store.ts';

/**
 * Parses rule files, or recalls how they were parsed before. A set is one entry, because opening one file is much
 * cheaper than opening hundreds; a set with a file that cannot be parsed is not kept.
 *
 * @param limits those of parsing, which decide whether a text is read and not how
 * @param build what the entry depends on besides the texts; null: keep nothing
 * @throws {RulesSyntaxError} never; a file that cannot be parsed is handed to `onError` and left out
 */
export async function parseRuleSet(
  sources: readonly Source[],
  limits: Limits,
  store: Store,
  build: string | null,
  onError: (error: unknown) => void,
): Promise<{ source: Source; file: RulesFile }[]> {
  const key =
    build === null
      ? null
      : await rulesKey(
          build,
          sources.map(({ text }) => text),
        );
  const kept = key === null ? undefined : recall(store, key, sources.length);
  if (kept !== undefined) return sources.map((source, at) => ({ source, file: kept[at]! }));
  const parsed = parseAll(sources, limits, onError);
  if (key !== null && parsed.length === sources.length)
    store.write(key, Buffer.from(JSON.stringify(parsed.map(({ file }) => file))));
  return parsed;
}

function recall(store: Store, key: string, count: number): readonly RulesFile[] | undefined {
  const bytes = store.read(key);
  if (bytes === undefined) return undefined;
  const files = JSON.parse(bytes.toString('utf8')) as RulesFile[];
  return files.length === count ? files : undefined;
}

function parseAll(
  sources: readonly Source[],
  limits: Limits,
  onError: (error: unknown) => void,
): { source: Source; file: RulesFile }[] {
  const parsed: { source: Source; file: RulesFile }[] = [];
  for (const source of sources) {
    try {
      parsed.push({ source, file: parseRules(source, limits) });
    } catch (error) {
      onError(error);
    }
  }
  return parsed;
}
