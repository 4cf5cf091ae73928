/** What the variables of a message stand for at one finding; null: nothing, so the text of the rule stays as it is. */
export interface MessageVariables {
  /** Logical id of the resource. */
  readonly resource: string | null;
  /** Name of the container. */
  readonly container: string | null;
  /** The offending value as reports show it. */
  readonly value: string | null;
}

const VARIABLE = /\{\{(resource|container|value)\}\}|\{(resource|container|value)\}/g;

/**
 * A rule's message with its variables filled in: `Container {container} runs as {value}`. Two braces stand for one and its
 * text, `{{value}}` for `{value}`; other names in braces are no variables. The native tool prints the message as it is.
 *
 * @param variables asked for only if there is a variable, since most messages have none
 */
export function fillIn(message: string, variables: () => MessageVariables): string {
  let known: MessageVariables | undefined;
  return message.replace(VARIABLE, (whole, escaped?: string, name?: string) => {
    if (escaped !== undefined) return `{${escaped}}`;
    known ??= variables();
    return known[name as keyof MessageVariables] ?? whole;
  });
}
