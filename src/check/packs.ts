import { fileURLToPath } from 'node:url';
import type { RulesFile } from '../language/ast.ts';
import { parseRules } from '../language/parser.ts';
import { packageAddress } from '../package.ts';
import { Source } from '../source/source.ts';
import type { Pack } from './pack-names.ts';
import { displayPath } from './paths.ts';
import { readRuleFile, ruleFilesBelow } from './rule-files.ts';

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
  const folder = fileURLToPath(packageAddress(`rules/${pack}/`));
  return ruleFilesBelow(folder).map((path) => {
    const source = readRuleFile(path, `${pack}/${displayPath(folder, path)}`);
    return { name: source.name, text: source.text, file: parseRules(source) };
  });
}
