import { fileURLToPath } from 'node:url';
import type { RulesFile } from '../language/ast.ts';
import { parseRules } from '../language/parser.ts';
import { PACKAGE_ROOT } from '../package.ts';
import { Source } from '../source/source.ts';
import { displayPath } from './paths.ts';
import { readRuleFile, ruleFilesBelow } from './rule-files.ts';

/** Rule packs that ship with the package: one folder each under `rules/`. */
export const PACKS = ['baseline', 'published'] as const;
export type Pack = (typeof PACKS)[number];

export const DEFAULT_PACKS: readonly Pack[] = ['baseline'];

/** A rule file and its syntax tree. */
export interface ParsedRules {
  readonly source: Source;
  readonly file: RulesFile;
}

/** What the build puts in the place of reading and parsing packs on every commit: {@link BuiltPacks} as JSON. */
declare const __PACKS__: string;

/** Rule files by pack; plain data, as {@link parsePacks} makes it. */
export type BuiltPacks = {
  readonly [pack in Pack]: readonly { name: string; text: string; file: RulesFile }[];
};

let built: BuiltPacks | undefined;

/** The rule files of a pack, named `<pack>/<file>`. */
export function packRules(pack: Pack): ParsedRules[] {
  built ??= typeof __PACKS__ === 'string' ? (JSON.parse(__PACKS__) as BuiltPacks) : parsePacks();
  return built[pack].map(({ name, text, file }) => ({ source: new Source(name, text), file }));
}

/** Reads and parses all packs. */
export function parsePacks(): BuiltPacks {
  return { baseline: parsePack('baseline'), published: parsePack('published') };
}

function parsePack(pack: Pack): BuiltPacks[Pack] {
  const folder = fileURLToPath(new URL(`rules/${pack}/`, PACKAGE_ROOT));
  return ruleFilesBelow(folder).map((path) => {
    const source = readRuleFile(path, `${pack}/${displayPath(folder, path)}`);
    return { name: source.name, text: source.text, file: parseRules(source) };
  });
}
