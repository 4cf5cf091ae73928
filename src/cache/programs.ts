import type { RulesFile } from '../language/ast.ts';
import { parseRules } from '../language/parser.ts';
import type { Limits } from '../source/limits.ts';
import type { Source } from '../source/source.ts';
import { rulesKey } from './key.ts';
import type { Store } from './store.ts';

/** Stands for a set of rules that was seen once. */
const SEEN = Buffer.alloc(0);

/**
 * Parses rule files, or recalls how they were parsed before. A set is one entry, because opening one file is much
 * cheaper than opening hundreds; a set with a file that cannot be parsed is not kept. It is kept when it is parsed for the
 * second time: writing it down takes half as long as parsing it, which build servers without a cache do in vain.
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
  const entry = key === null ? undefined : store.read(key);
  if (entry !== undefined && entry.length > 0) {
    const files = JSON.parse(entry.toString('utf8')) as RulesFile[];
    return sources.map((source, at) => ({ source, file: files[at]! }));
  }
  const parsed = parseAll(sources, limits, onError);
  if (key !== null && parsed.length === sources.length)
    store.write(
      key,
      entry === undefined ? SEEN : Buffer.from(JSON.stringify(parsed.map(({ file }) => file))),
    );
  return parsed;
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
