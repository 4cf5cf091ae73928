/**
 * The ids under which other scanners and catalogues know the check of a rule, such as `Security Hub ECS.20`: what a
 * paragraph of its comment lists behind `Elsewhere:`, with semicolons between them.
 *
 * @param comment as `ruleComment` gives it
 */
export function idsElsewhere(comment: string): string[] {
  const listed = /(?:^|\n)Elsewhere:([\s\S]*?)(?:\n[ \t]*\n|$)/.exec(comment)?.[1] ?? '';
  return listed
    .split(';')
    .map((id) => id.replace(/\s+/g, ' ').trim())
    .filter((id) => id !== '');
}
