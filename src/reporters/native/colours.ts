import type { Status } from '../../engine/status.ts';

/** Codes of the native tool's terminal styles. */
const CODES = {
  bold: '1',
  green: '32',
  boldRed: '1;31',
  boldYellow: '1;33',
  brightMagenta: '95',
  brightGreen: '92',
} as const;

export type Style = keyof typeof CODES;

/** `text` in a style, or as it is. */
export function paint(text: string, style: Style, colours: boolean): string {
  return colours ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text;
}

const STATUS_STYLES: { readonly [status in Status]: Style } = {
  PASS: 'green',
  FAIL: 'boldRed',
  SKIP: 'boldYellow',
};

export function paintStatus(status: Status, colours: boolean): string {
  return paint(status, STATUS_STYLES[status], colours);
}
