/**
 * The candidate most like `given`, or undefined when none is similar enough. Of equally similar ones the last wins.
 * Measure and threshold are those of the native tool's option parser, since its tips are part of its output.
 */
export function mostSimilar(given: string, candidates: readonly string[]): string | undefined {
  return similar(given, candidates).at(-1);
}

/** The candidates like `given`, the most similar last. */
export function similar(given: string, candidates: readonly string[]): string[] {
  return candidates
    .map((candidate) => ({ candidate, score: jaro([...given], [...candidate]) }))
    .filter(({ score }) => score > 0.7)
    .sort((one, other) => one.score - other.score)
    .map(({ candidate }) => candidate);
}

/** Jaro similarity, from 0 to 1: the share of characters found near the same place, and how many of them are swapped. */
function jaro(one: readonly string[], other: readonly string[]): number {
  if (one.length === 0 || other.length === 0) return one.length === other.length ? 1 : 0;
  const reach = Math.max(0, Math.floor(Math.max(one.length, other.length) / 2) - 1);
  const taken = new Array<boolean>(other.length).fill(false);
  const matched = one.filter((character, at) => {
    const from = Math.max(0, at - reach);
    const to = Math.min(other.length, at + reach + 1);
    for (let place = from; place < to; place++) {
      if (taken[place] === true || other[place] !== character) continue;
      taken[place] = true;
      return true;
    }
    return false;
  });
  if (matched.length === 0) return 0;
  const counterpart = other.filter((_, place) => taken[place]);
  const swapped = matched.filter((character, at) => character !== counterpart[at]).length;
  const matches = matched.length;
  const inOrder = (matches - Math.floor(swapped / 2)) / matches;
  return (matches / one.length + matches / other.length + inOrder) / 3;
}
