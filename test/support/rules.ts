import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PACKS, type Pack } from '../../src/check/pack-names.ts';
import { readUnitTests, type UnitTest } from '../../src/cli/guard/unit-tests.ts';
import { compile, type Program } from '../../src/engine/compile.ts';
import { parseRules } from '../../src/language/parser.ts';
import { ruleComment } from '../../src/language/rule-comment.ts';
import { STANDARD_LIMITS } from '../../src/source/limits.ts';
import { Source } from '../../src/source/source.ts';
import { loadGuardData } from '../../src/template/guard-data.ts';

/** A rule of a pack with all that belongs to it. */
export interface ShippedRule {
  readonly pack: Pack;
  readonly name: string;
  /** Absolute paths of its files, whether they exist or not. */
  readonly files: { readonly rule: string; readonly tests: string; readonly page: string };
}

/** Every rule of every pack, by the names of the rule files. */
export function shippedRules(): ShippedRule[] {
  return PACKS.flatMap((pack) =>
    readdirSync(folderOf(pack))
      .filter((file) => file.endsWith('.guard'))
      .map((file) => ruleOf(pack, file.replace('.guard', ''))),
  );
}

/** Absolute path of the folder with what a pack adds. */
export function folderOf(pack: Pack): string {
  return fileURLToPath(new URL(`../../rules/${pack}`, import.meta.url));
}

export function ruleOf(pack: Pack, name: string): ShippedRule {
  const path = `${folderOf(pack)}/${name}`;
  return {
    pack,
    name,
    files: { rule: `${path}.guard`, tests: `${path}.tests.yaml`, page: `${path}.md` },
  };
}

export function sourceOf({ pack, name, files }: ShippedRule): Source {
  return new Source(`${pack}/${name}.guard`, readFileSync(files.rule, 'utf8'));
}

export function programOf(rule: ShippedRule): Program {
  const source = sourceOf(rule);
  return compile(parseRules(source), source);
}

/** What the rule's file says about it; empty when that is nothing. */
export function commentOf(rule: ShippedRule): string {
  return ruleComment(sourceOf(rule), rule.name) ?? '';
}

/** The rule's page; undefined when it has none. */
export function pageOf({ files }: ShippedRule): string | undefined {
  return existsSync(files.page) ? readFileSync(files.page, 'utf8') : undefined;
}

/** A unit test with what our tests ask of it besides. */
export interface RuleTest extends UnitTest {
  /** `pass`, `fail`, `skip`, `tricky` or `raw`; the native tool ignores it. Null: not said. */
  readonly kind: string | null;
}

export function testsOf({ files }: ShippedRule): RuleTest[] {
  if (!existsSync(files.tests)) return [];
  const bytes = readFileSync(files.tests);
  const { root } = loadGuardData(files.tests, bytes);
  const entries = root.kind === 'list' ? root.value : [];
  return readUnitTests(files.tests, bytes.toString('utf8'), STANDARD_LIMITS).map((test, at) => {
    const entry = entries[at];
    const kind = entry?.kind === 'map' ? entry.value.get('kind') : undefined;
    return { ...test, kind: kind?.kind === 'string' ? kind.value : null };
  });
}
