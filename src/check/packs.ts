import { readFileSync } from 'node:fs';
import type { RulesFile } from '../language/ast.ts';
import { parseRules } from '../language/parser.ts';
import { BUILD_ID, packagePath } from '../package.ts';
import { Source } from '../source/source.ts';
import { type Pack, withExtendedPacks } from './pack-names.ts';
import { displayPath } from './paths.ts';
import { ruleFilesBelow, ruleSource } from './rule-files.ts';

/** A rule file and its syntax tree. */
export interface ParsedRules {
  readonly source: Source;
  readonly file: RulesFile;
}

/** A rule file of a pack, as the build writes it down parsed. Its text, which few runs look at, is in the package anyhow. */
interface BuiltRules {
  readonly name: string;
  readonly file: RulesFile;
}

/** The rule files of packs and of those that they extend, each once and named `<pack>/<file>`. */
export function packRules(packs: readonly Pack[]): ParsedRules[] {
  return withExtendedPacks(packs).flatMap(rulesInFolder);
}

/** The rule files that a pack adds to the one that it extends. */
export function rulesInFolder(pack: Pack): ParsedRules[] {
  if (BUILD_ID === null) return parsePack(pack);
  const built: BuiltRules[] = JSON.parse(readFileSync(packagePath(`dist/packs/${pack}.json`), 'utf8'));
  return built.map(({ name, file }) => ({ source: new Source(name, () => packSource(name).text), file }));
}

/** What the build writes down of a pack. */
export function builtPack(pack: Pack): string {
  const built: BuiltRules[] = parsePack(pack).map(({ source: { name }, file }) => ({ name, file }));
  return JSON.stringify(built);
}

/** Reads and parses the folder of a pack. */
function parsePack(pack: Pack): ParsedRules[] {
  const folder = packagePath(`rules/${pack}`);
  return ruleFilesBelow(folder).map((path) => {
    const source = packSource(`${pack}/${displayPath(folder, path)}`);
    return { source, file: parseRules(source) };
  });
}

/** @param name `<pack>/<file>` */
function packSource(name: string): Source {
  return ruleSource(name, readFileSync(packagePath(`rules/${name}`)));
}
