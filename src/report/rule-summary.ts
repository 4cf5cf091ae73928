/**
 * What a rule is about, on one line: the first sentence of its comment, or of what stands under the heading
 * `Description:` in it.
 *
 * @param comment as `ruleComment` gives it
 */
export function ruleSummary(comment: string): string {
  const described = /^[ \t]*description:[ \t]*(.+|\n[^\n]+)/im.exec(comment);
  const text = described === null ? comment : comment.slice(described.index + described[0].indexOf(':') + 1);
  const paragraph = (text.trim().split(/\n\s*\n/)[0] ?? '').replace(/\s+/g, ' ').trim();
  return /^.*?[.!?](?= |$)/.exec(paragraph)?.[0] ?? paragraph;
}
