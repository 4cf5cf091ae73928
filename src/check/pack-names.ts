/** Rule packs that ship with the package: one folder each under `rules/`. */
export const PACKS = ['baseline', 'published'] as const;
export type Pack = (typeof PACKS)[number];

export const DEFAULT_PACKS: readonly Pack[] = ['baseline'];
