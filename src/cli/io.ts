/**
 * Everything a command may touch of the outside world, handed in so that a whole run is one function call.
 * `bin.ts` makes the real one.
 */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Absolute path of the working directory. */
  readonly cwd: string;
  readonly env: Environment;
  /** What runs this: `v20.20.2`. */
  readonly runtime: string;
  /** Milliseconds of a clock that never runs backwards. */
  now(): number;
  /** All of standard input. */
  readStdin(): Promise<Uint8Array>;
  /** Told of how many bytes are going to be parsed and judged, in parts. */
  prepareFor(bytes: number): void;
}

export interface Output {
  /** Writes text, which may be encoded as UTF-8 already. */
  write(text: string | Uint8Array): void;
  readonly isTTY: boolean;
}

export type Environment = Readonly<Record<string, string | undefined>>;
