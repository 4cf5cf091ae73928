const REASON = {
  short: 'premature end of input',
  invalid: 'input contains invalid characters',
  range: 'input is out of range',
  long: 'trailing input',
} as const;

/** Why a text is no date-time, in the words of the Rust crate chrono. */
export class TimestampError extends Error {
  override readonly name = 'TimestampError';

  constructor(reason: keyof typeof REASON) {
    super(REASON[reason]);
  }
}

/**
 * Unix seconds of an RFC 3339 date-time as chrono reads it: `T` may be lower case, the fraction is dropped, a leap
 * second counts as second 59. Builds of the native tool with a newer chrono also take a blank for the `T`
 * (24-dates.json, "parse_epoch space separator").
 *
 * @throws {TimestampError} at the first thing that is wrong, reading from the left
 */
export function epochSeconds(text: string): number {
  const reader = new Reader(Buffer.from(text));
  const year = reader.number(4, 0, 9999);
  reader.expect('-');
  const month = reader.number(2, 1, 12);
  reader.expect('-');
  const day = reader.number(2, 1, 31);
  reader.expect('tT');
  const hour = reader.number(2, 0, 23);
  reader.expect(':');
  const minute = reader.number(2, 0, 59);
  reader.expect(':');
  const second = reader.number(2, 0, 60);
  reader.skipFraction();
  const offset = reader.offset();
  reader.expectEnd();
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1) throw new TimestampError('range');
  return date.getTime() / 1000 + hour * 3600 + minute * 60 + Math.min(second, 59) - offset;
}

const DAY = 24 * 3600;

class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** A number of exactly `digits` digits. */
  number(digits: number, least: number, most: number): number {
    const value = this.#digits(digits);
    if (value < least || value > most) throw new TimestampError('range');
    return value;
  }

  #digits(count: number): number {
    if (this.#bytes.length - this.#at < count) throw new TimestampError('short');
    const text = this.#bytes.toString('latin1', this.#at, this.#at + count);
    if (!/^\d+$/.test(text)) throw new TimestampError('invalid');
    this.#at += count;
    return Number(text);
  }

  /** One of the given characters. */
  expect(allowed: string): void {
    if (!this.#take(allowed)) throw new TimestampError(this.#at < this.#bytes.length ? 'invalid' : 'short');
  }

  #take(allowed: string): boolean {
    const byte = this.#bytes[this.#at];
    if (byte === undefined || !allowed.includes(String.fromCharCode(byte))) return false;
    this.#at++;
    return true;
  }

  skipFraction(): void {
    if (!this.#take('.')) return;
    this.#digits(1);
    while (this.#take('0123456789'));
  }

  /** Seconds east of Greenwich. */
  offset(): number {
    if (this.#take('zZ')) return 0;
    const sign = this.#sign();
    const hours = this.#digits(2);
    this.expect(':');
    const minutes = this.number(2, 0, 59);
    const seconds = hours * 3600 + minutes * 60;
    if (seconds >= DAY) throw new TimestampError('range');
    return sign * seconds;
  }

  #sign(): 1 | -1 {
    if (this.#take('+')) return 1;
    if (this.#take('-')) return -1;
    // The mathematical minus sign is accepted too.
    if (this.#bytes.toString('utf8', this.#at, this.#at + 3) === '\u2212') {
      this.#at += 3;
      return -1;
    }
    throw new TimestampError(this.#at < this.#bytes.length ? 'invalid' : 'short');
  }

  expectEnd(): void {
    if (this.#at < this.#bytes.length) throw new TimestampError('long');
  }
}
