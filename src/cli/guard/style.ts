/**
 * Styles of usage messages and help texts, as the native tool's option parser has them. Texts are built with the escape
 * codes in them; {@link plain} removes them all, those that came in with an argument too, as the native tool does.
 */
export const bold = (text: string) => `\u001b[1m${text}${RESET}`;
export const heading = (text: string) => `\u001b[1m\u001b[4m${text}${RESET}`;
export const alarm = (text: string) => `\u001b[1m\u001b[31m${text}${RESET}`;
export const invalid = (text: string) => `\u001b[33m${text}${RESET}`;
export const valid = (text: string) => `\u001b[32m${text}${RESET}`;

const RESET = '\u001b[0m';

const ESCAPE_CODE = /\u001b\[[0-9;]*m/g;

/** The text without colours. */
export function plain(text: string): string {
  return text.replaceAll(ESCAPE_CODE, '');
}
