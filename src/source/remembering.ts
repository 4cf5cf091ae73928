/** When so many results are known, all are forgotten, so that no input makes them grow without end. */
const KEPT = 1000;

/**
 * A function that works each result out only once.
 *
 * @param make gives the same where `textOf` does
 * @param textOf what an argument is known by: itself, if it is a text
 */
export function remembering<T extends object | string | null, A = string>(
  make: (argument: A) => T,
  textOf: (argument: A) => string = String,
): (argument: A) => T {
  const known = new Map<string, T>();
  return (argument) => {
    const text = textOf(argument);
    let result = known.get(text);
    if (result === undefined) {
      result = make(argument);
      if (known.size === KEPT) known.clear();
      known.set(text, result);
    }
    return result;
  };
}
