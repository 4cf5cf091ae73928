/** Whether an error says that calls are nested too deeply, which no code of ours can prevent for every stack size. */
export function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && /call stack/i.test(error.message);
}
