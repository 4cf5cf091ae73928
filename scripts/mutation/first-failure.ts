/** A test reporter that ends the run with the first test that fails, and says nothing. */
export default async function* firstFailure(
  events: AsyncIterable<{ readonly type: string }>,
): AsyncGenerator<string> {
  for await (const { type } of events) {
    if (type === 'test:fail') process.exit(1);
    yield '';
  }
}
