/** What a page about a rule says besides the comment of the rule, in its order. Plain JSON. */
export type RulePage = readonly PageSection[];

export interface PageSection {
  readonly title: string;
  /** Markdown, without blank lines around it. */
  readonly text: string;
}

/** The others repeat the comment of the rule. */
const TITLES: readonly string[] = ['Why', 'How to fix', 'Exceptions'];

/** @param markdown with a heading of the second level above each section */
export function rulePage(markdown: string): RulePage {
  return markdown
    .split(/^## /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n');
      return { title: part.slice(0, end), text: part.slice(end).trim() };
    })
    .filter(({ title }) => TITLES.includes(title));
}
