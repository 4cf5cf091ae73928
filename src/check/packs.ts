import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RulesFile } from '../language/ast.ts';
import { parseRules } from '../language/parser.ts';
import { BUILD_ID, packageAddress } from '../package.ts';
import { Source } from '../source/source.ts';
import { type Pack, withExtendedPacks } from './pack-names.ts';
import { displayPath } from './paths.ts';
import { ruleFilesBelow, ruleSource } from './rule-files.ts';

/** A rule file and its syntax tree. */
export interface ParsedRules {
  readonly source: Source;
  readonly file: RulesFile;
}

/** A rule file of a pack, as the build writes it down parsed. */
interface BuiltRules {
  readonly name: string;
  readonly text: string;
  readonly file: RulesFile;
}

/** The rule files of packs and of those that they extend, each once and named `<pack>/<file>`. */
export function packRules(packs: readonly Pack[]): ParsedRules[] {
  return withExtendedPacks(packs).flatMap(rulesInFolder);
}

/** The rule files that a pack adds to the one that it extends. */
export function rulesInFolder(pack: Pack): ParsedRules[] {
  const built =
    BUILD_ID === null
      ? parsePack(pack)
      : (JSON.parse(readFileSync(packageAddress(`dist/packs/${pack}.json`), 'utf8')) as BuiltRules[]);
  return built.map(({ name, text, file }) => ({ source: new Source(name, text), file }));
}

/** Reads and parses the folder of a pack. */
export function parsePack(pack: Pack): BuiltRules[] {
  const folder = fileURLToPath(packageAddress(`rules/${pack}/`));
  return ruleFilesBelow(folder).map((path) => {
    const source = ruleSource(`${pack}/${displayPath(folder, path)}`, readFileSync(path));
    return { name: source.name, text: source.text, file: parseRules(source) };
  });
}
