import { type Diagnostic, DiagnosticError } from '../source/diagnostic.ts';
import type { Source } from '../source/source.ts';

/** What the parser was doing when it gave up. `at` is where that began, which may lie behind the reported offset. */
export interface Circumstance {
  readonly kind:
    | 'right-side'
    | 'no-clauses'
    | 'comparator'
    | 'message-start'
    | 'message-end'
    | 'range'
    | 'string';
  /** UTF-16 offset. */
  readonly at: number;
}

/** How far the text could be read by any reading of it, and what was missing there. */
export interface Frontier {
  /** UTF-16 offset. */
  readonly at: number;
  /** Names of the missing things, each fit to follow `expected`. */
  readonly expected: readonly string[];
}

/**
 * A rule file that does not follow the grammar.
 *
 * The place is the one that the native tool reports, so that both tools lead to the same line. Where some reading of
 * the text got further than that, the help says how far and what it missed.
 */
export class RulesSyntaxError extends DiagnosticError {
  readonly source: Source;
  /** UTF-16 offset. */
  readonly offset: number;
  /** Outermost first; empty when all there is to say is that the text does not go on like this. */
  readonly circumstances: readonly Circumstance[];

  constructor(source: Source, offset: number, circumstances: readonly Circumstance[], frontier: Frontier) {
    super(diagnose(source, offset, circumstances, frontier));
    this.source = source;
    this.offset = offset;
    this.circumstances = circumstances;
  }

  /** 1-based line. */
  get line(): number {
    return this.source.position(this.offset).line;
  }

  /** 1-based column in characters. */
  get column(): number {
    return this.source.position(this.offset).column;
  }

  /** All the text that was not read. */
  get fragment(): string {
    return this.source.text.slice(this.offset);
  }
}

function diagnose(
  source: Source,
  offset: number,
  circumstances: readonly Circumstance[],
  frontier: Frontier,
): Diagnostic {
  const { line, column } = source.position(offset);
  const diagnostic = { code: 'rules-syntax', file: source.name, line, column } as const;
  const start = skipBlanks(source.text, offset);
  const message = describe(source.text, start, circumstances.at(-1), frontier);
  if (frontier.expected.length === 0 || frontier.at <= start) return { ...diagnostic, message };
  const reached = source.position(frontier.at);
  return {
    ...diagnostic,
    message,
    help: `Reading got as far as line ${reached.line}, column ${reached.column}: ${missing(source.text, frontier)}`,
  };
}

function describe(
  text: string,
  start: number,
  circumstance: Circumstance | undefined,
  frontier: Frontier,
): string {
  switch (circumstance?.kind) {
    case 'no-clauses':
      return `expected at least one condition, found ${found(text, start)}`;
    case 'message-end':
      return 'the message is not closed by `>>`';
    case 'range':
      return 'both ends of a range must be of one kind: two integers, two floats or two characters';
    case 'string':
      return 'the string is not closed';
    default:
      return frontier.expected.length > 0 && frontier.at === start
        ? missing(text, frontier)
        : `cannot read ${found(text, start)} as part of a rule file`;
  }
}

function missing(text: string, { at, expected }: Frontier): string {
  const last = expected.at(-1) ?? '';
  const list = expected.length < 2 ? last : `${expected.slice(0, -1).join(', ')} or ${last}`;
  return `expected ${list}, found ${found(text, at)}`;
}

/** Enough of what stands at an offset to recognise it. */
function found(text: string, offset: number): string {
  const start = skipBlanks(text, offset);
  const lineEnd = text.indexOf('\n', start);
  const line = text.slice(start, lineEnd === -1 ? undefined : lineEnd).trimEnd();
  if (line === '') return 'the end of the file';
  const [...characters] = line.slice(0, 80);
  return characters.length > 30 ? `\`${characters.slice(0, 30).join('')}…\`` : `\`${characters.join('')}\``;
}

function skipBlanks(text: string, offset: number): number {
  let at = offset;
  while (' \t\r\n'.includes(text.charAt(at)) && at < text.length) at++;
  return at;
}
