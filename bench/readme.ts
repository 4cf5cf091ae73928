import type { Results } from './results.ts';
import { budgetTable } from './table.ts';

const BEGIN = '<!-- npm run bench -- --plot: from here -->\n';
const END = '<!-- to here -->\n';

/**
 * The text with a new table between its marks.
 *
 * @throws {Error} when the marks are not there
 */
export function intoReadme(text: string, results: Results): string {
  const start = text.indexOf(BEGIN) + BEGIN.length;
  const end = text.indexOf(END);
  if (start < BEGIN.length || end < start) throw new Error('README.md has no place for the table');
  return `${text.slice(0, start)}\n${budgetTable(results)}\n${text.slice(end)}`;
}
