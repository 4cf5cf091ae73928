import type { Program } from '../engine/compile.ts';
import { nearest } from '../source/nearest.ts';
import { PACKS } from './pack-names.ts';
import { packRules } from './packs.ts';

/** Names that no rule has, with the one that was probably meant. */
export type UnknownRules = ReadonlyMap<string, string | undefined>;

/**
 * Those of some names that neither a chosen rule has nor any in a pack: one of a pack may be spoken of before the pack is
 * chosen.
 */
export function unknownRulesAmong(names: readonly string[], programs: readonly Program[]): UnknownRules {
  const chosen = new Set(programs.flatMap(({ file }) => file.rules.map(({ name }) => name)));
  const left = names.filter((name) => !chosen.has(name));
  if (left.length === 0) return new Map();
  const known = new Set([
    ...chosen,
    ...packRules(PACKS).flatMap(({ file }) => file.rules.map(({ name }) => name)),
  ]);
  return new Map(left.filter((name) => !known.has(name)).map((name) => [name, nearest(name, known)]));
}
