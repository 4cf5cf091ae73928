/*
 * Lines that `init` adds to a file of others, between two marks by which it finds them again. Adding them and taking
 * them away gives back the same bytes.
 */

const BEGIN = '# >>> ecs-guard-staged >>>';
const END = '# <<< ecs-guard-staged <<<';

/** The lines with a comment before and after them. Hooks and YAML files have the same comments. */
export function marked(lines: readonly string[]): string[] {
  return [
    `${BEGIN} written by \`ecs-guard-staged init\`; \`ecs-guard-staged init --undo\` removes these lines`,
    ...lines,
    END,
  ];
}

/**
 * Puts lines into a text. A text without a final line break keeps having none, so that the lines can be taken away
 * without a trace.
 *
 * @param at number of lines to stand before them
 */
export function insertLines(text: string, lines: readonly string[], at: number | 'end'): string {
  const present = text.split('\n');
  const index = at === 'end' ? present.length - (present.at(-1) === '' ? 1 : 0) : at;
  const ending = text.includes('\r\n') ? '\r' : '';
  return present.toSpliced(index, 0, ...lines.map((line) => line + ending)).join('\n');
}

/** The text without all lines between marks, and without the marks. */
export function withoutMarkedLines(text: string): string {
  const lines = text.split('\n');
  const begin = lines.findIndex((line) => line.trimStart().startsWith(BEGIN));
  const end = lines.findIndex((line, at) => at > begin && line.trim() === END);
  if (begin === -1 || end === -1) return text;
  return withoutMarkedLines(lines.toSpliced(begin, end - begin + 1).join('\n'));
}
