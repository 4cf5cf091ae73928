/** Rule packs that ship with the package: one folder each under `rules/`, with what it adds to the pack that it extends. */
export const PACKS = ['baseline', 'recommended', 'strict', 'published'] as const;
export type Pack = (typeof PACKS)[number];

export const DEFAULT_PACKS: readonly Pack[] = ['baseline'];

const EXTENDS: { readonly [pack in Pack]: Pack | null } = {
  baseline: null,
  recommended: 'baseline',
  strict: 'recommended',
  published: null,
};

/** A pack after those that it extends. */
export function packLineage(pack: Pack): Pack[] {
  const extended = EXTENDS[pack];
  return extended === null ? [pack] : [...packLineage(extended), pack];
}

/** The packs and those that they extend, each once. */
export function withExtendedPacks(packs: readonly Pack[]): Pack[] {
  return [...new Set(packs.flatMap(packLineage))];
}
