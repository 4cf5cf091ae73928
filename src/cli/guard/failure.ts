/** The end of a run that the native tool calls `Error occurred`. `message` is its text. */
export class Failure extends Error {
  override readonly name = 'Failure';
}
