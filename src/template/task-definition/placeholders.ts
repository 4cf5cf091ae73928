/** A call of an intrinsic function that is as unknown as what stands in its place. */
export interface PlaceholderCall {
  readonly name: 'Ref' | 'Fn::Sub';
  readonly argument: string;
}

/**
 * What other programs fill in before the file is registered: `<IMAGE1_NAME>` of CodeDeploy, `${TAG}` of a shell,
 * `{{ tag }}` of a template language and `%TAG%`. A word in angle brackets counts when it is the whole value or looks like
 * a name, since `<html>` may be part of a command. Outside of quotes the middle two stand as `withReadablePlaceholders` has
 * them.
 */
const PLACEHOLDER =
  /<[A-Za-z][A-Za-z0-9]*[_-][\w-]*>|<[A-Z][A-Z0-9]*>|\$\{[^{}]*\}|\{\{[^{}]*\}\}|%[A-Z][A-Z0-9_]*%/;
const WHOLE = new RegExp(`^(?:${PLACEHOLDER.source}|\\$?<[^<>]+>|<<[^<>]+>>)$`);
const PARTS = new RegExp(`(${PLACEHOLDER.source})`);

/**
 * The call that says of a text what CloudFormation templates say by `Ref` and `Fn::Sub`: some of it is filled in later.
 * Undefined for a text without placeholders.
 */
export function placeholderCall(text: string): PlaceholderCall | undefined {
  if (WHOLE.test(text)) return { name: 'Ref', argument: text };
  const parts = text.split(PARTS);
  if (parts.length === 1) return undefined;
  const argument = parts.map((part, at) => (at % 2 === 0 ? part : `\${${nameOf(part)}}`)).join('');
  return { name: 'Fn::Sub', argument };
}

/** A placeholder without braces, which end a name in `Fn::Sub`. */
function nameOf(placeholder: string): string {
  return placeholder.replace(/^\$?\{+\s*|\s*\}+$/g, '');
}
