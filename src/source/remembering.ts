/** When so many results are known, all are forgotten, so that no input makes them grow without end. */
const KEPT = 1000;

/**
 * A function of a text that works each result out only once.
 *
 * @param make gives the same for the same text
 */
export function remembering<T extends object | string | null>(
  make: (text: string) => T,
): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    let result = known.get(text);
    if (result === undefined) {
      result = make(text);
      if (known.size === KEPT) known.clear();
      known.set(text, result);
    }
    return result;
  };
}
