import { readFileSync } from 'node:fs';
import type { Level } from '../config/settings.ts';
import { packagePath } from '../package.ts';
import { type Pack, packLineage } from './pack-names.ts';

/**
 * `rules/levels.json`: for each pack the levels that it gives to rules of its own and of the packs that it extends. A rule
 * that no pack names is an `error`. One that any pack names is named by the pack that has it in its folder as well, so
 * that levels can be told without a list of all rules.
 */
type LevelTable = { readonly [pack in Pack]: Readonly<Record<string, Level>> };

/** What the build puts in the place of reading the file on every commit. */
declare const __LEVELS__: LevelTable;

const STRICTEST_FIRST: readonly Level[] = ['error', 'warn', 'info', 'off'];

/**
 * Levels by name of rule, for a choice of packs; rules that are not in it are `error`. A rule that several packs have gets
 * the strictest of their levels.
 */
export function packLevels(packs: readonly Pack[]): ReadonlyMap<string, Level> {
  const table = levelTable();
  const levels = new Map<string, Level>();
  for (const pack of packs) {
    for (const [rule, level] of levelsOfPack(table, pack))
      levels.set(rule, strictest(level, levels.get(rule) ?? level));
  }
  return levels;
}

/** What a pack says about a rule replaces what the packs say that it extends. */
function levelsOfPack(table: LevelTable, pack: Pack): Map<string, Level> {
  return new Map(packLineage(pack).flatMap((each) => Object.entries(table[each])));
}

function strictest(one: Level, other: Level): Level {
  return STRICTEST_FIRST.indexOf(one) <= STRICTEST_FIRST.indexOf(other) ? one : other;
}

function levelTable(): LevelTable {
  return typeof __LEVELS__ === 'object'
    ? __LEVELS__
    : JSON.parse(readFileSync(packagePath('rules/levels.json'), 'utf8'));
}
