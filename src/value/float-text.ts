/*
 * Three notations of a float. All print the shortest digits that read back as the same number; they differ in when
 * they use an exponent and in whether a whole number keeps a `.0`.
 */

/** Plain decimal notation, never with an exponent: `1`, `0.0000001`, `100000000000000000000`, `inf`, `NaN`. */
export function displayFloat(value: number): string {
  return Number.isFinite(value) ? positional(value, '') : nonFinite(value);
}

/** `1.0`, with an exponent below 1e-4 and from 1e16: `1e-7`, `1.5e20`, `inf`, `NaN`. */
export function debugFloat(value: number): string {
  if (!Number.isFinite(value)) return nonFinite(value);
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-4 || size >= 1e16) ? exponential(value) : positional(value, '.0');
}

/** `1.0`, with an exponent below 1e-5 and from 1e16. The value must be finite. */
export function jsonFloat(value: number): string {
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-5 || size >= 1e16) ? exponential(value) : positional(value, '.0');
}

function nonFinite(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? 'inf' : '-inf';
}

function exponential(value: number): string {
  return value.toExponential().replace('e+', 'e');
}

function positional(value: number, wholeSuffix: string): string {
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const [mantissa = '', power = ''] = Math.abs(value).toExponential().split('e');
  const digits = mantissa.replace('.', '');
  /** Number of digits before the decimal point. */
  const whole = Number(power) + 1;
  if (whole >= digits.length) return sign + digits.padEnd(whole, '0') + wholeSuffix;
  if (whole > 0) return `${sign}${digits.slice(0, whole)}.${digits.slice(whole)}`;
  return `${sign}0.${'0'.repeat(-whole)}${digits}`;
}
