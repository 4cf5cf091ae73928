import { ReportError } from './report-error.ts';

/**
 * A rule's own message and an error message, unindented. A message with semicolons, or else with line breaks, becomes a
 * list of its pieces.
 *
 * @param width of the labels
 * @throws {ReportError} for a message of which nothing is left, where the native tool crashes
 */
export function messageLines(custom: string, error: string, width: number): string[] {
  const lines = custom === '' ? [] : customLines(custom, 'Message'.padEnd(width));
  return error === '' ? lines : [...lines, `${'Error'.padEnd(width)} = ${error}`];
}

function customLines(custom: string, label: string): string[] {
  const pieces = custom
    .split(custom.includes(';') ? ';' : '\n')
    .map((piece) => piece.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, ''))
    .filter((piece) => piece !== '');
  const [first] = pieces;
  if (first === undefined)
    throw new ReportError(`The message \`${custom}\` of a rule has no words to report`);
  return pieces.length === 1
    ? [`${label} = ${first}`]
    : [`${label} {`, ...pieces.map((piece) => `  ${piece}`), '}'];
}
