import type { Circumstance, RulesSyntaxError } from './syntax-error.ts';

/**
 * The text of a syntax error as the native tool prints it, with all the unread text at its end.
 *
 * @param fileName the rules file as the native command would name it; `parse-tree` has no name for it, so `''`
 */
export function nativeParseError(error: RulesSyntaxError, fileName: string): string {
  const { line, column, fragment } = error;
  const place = `file ${fileName} at line ${line} at column ${column}`;
  const trouble = `Error parsing ${place}, when handling ${nativeContext(error, fileName)}, fragment ${fragment}`;
  return `Parser Error when parsing \`Parsing Error ${trouble}\``;
}

/** What the native tool says it was handling; often nothing. */
export function nativeContext(error: RulesSyntaxError, fileName: string): string {
  return error.circumstances.map((circumstance) => contextText(circumstance, error, fileName)).join('/');
}

function contextText({ kind, at }: Circumstance, { source }: RulesSyntaxError, fileName: string): string {
  switch (kind) {
    case 'right-side':
      return 'expecting either a property access "engine.core" or value like "string" or ["this", "that"]';
    case 'no-clauses': {
      const { line, column } = source.position(at);
      return `There were no clauses present ${fileName}#${line}@${column}`;
    }
    case 'comparator':
      return 'expecting comparison binary operators like >, <= or unary operators KEYS, EXISTS, EMPTY or NOT';
    case 'message-start':
      return 'Custom message tag detected';
    case 'message-end':
      return 'Unable to find a closing >> tag for message';
    case 'range':
      return 'Could not parse range';
    case 'string':
      return 'Could not parse string';
  }
}
