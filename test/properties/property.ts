import fc from 'fast-check';

/*
 * Every property is tried with the same inputs in every run of the tests. `ECS_GUARD_SEED` chooses others, and
 * `ECS_GUARD_RUNS` how many. What fails is made as small as possible and printed with the seed.
 */

const { ECS_GUARD_SEED: seed = '1', ECS_GUARD_RUNS: runs } = process.env;

/**
 * Fails with the smallest input found for which a check throws.
 *
 * @param usualRuns inputs to try unless the environment says otherwise
 * @param show an input as the failure tells it
 */
export async function holds<Input>(
  usualRuns: number,
  inputs: fc.Arbitrary<Input>,
  check: (input: Input) => void | Promise<void>,
  show: (input: Input) => string = fc.stringify,
): Promise<void> {
  const property = fc.asyncProperty(inputs, async (input) => check(input));
  const found = await fc.check(property, { seed: Number(seed), numRuns: Number(runs ?? usualRuns) });
  if (!found.failed) return;
  const where = `ECS_GUARD_SEED=${found.seed}, run ${found.numRuns}, made smaller ${found.numShrinks} times`;
  const input = found.counterexample === null ? 'no input' : show(found.counterexample[0]);
  throw new Error(`does not hold (${where}) for\n${input}\n${found.errorInstance}`, {
    cause: found.errorInstance,
  });
}

/** One of several, with how often each is taken. */
export function weighted<T>(
  ...choices: (readonly [weight: number, choice: fc.Arbitrary<T>])[]
): fc.Arbitrary<T> {
  return fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })));
}

/** True once in so many times. */
export function rarely(oneIn: number): fc.Arbitrary<boolean> {
  return weighted([oneIn - 1, fc.constant(false)], [1, fc.constant(true)]);
}
