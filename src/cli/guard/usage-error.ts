import { alarm, bold, invalid, valid } from './style.ts';

/** A command line that cannot be understood. */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  /** @param message styled, without the leading `error:` */
  constructor(
    message: string,
    { tip, usage }: { readonly tip?: string | undefined; readonly usage?: string } = {},
  ) {
    const paragraphs = [`${alarm('error:')} ${message}`];
    if (tip !== undefined) paragraphs.push(`  ${valid('tip:')} ${tip}`);
    if (usage !== undefined) paragraphs.push(usage);
    paragraphs.push(`For more information, try '${bold('--help')}'.`);
    super(`${paragraphs.join('\n\n')}\n`);
  }
}

/** A command line that asks for help, or says so little that help is the answer. */
export class HelpRequest extends Error {
  override readonly name = 'HelpRequest';
  /** Asked for by name, rather than in need of it. */
  readonly wanted: boolean;

  constructor(wanted: boolean) {
    super('help');
    this.wanted = wanted;
  }
}

export function similarExists(what: 'argument' | 'value' | 'subcommand', name: string): string {
  return `a similar ${what} exists: '${valid(name)}'`;
}

export function possibleValues(choices: readonly string[]): string {
  return `\n  [possible values: ${choices.map(valid).join(', ')}]`;
}

/** `'--x'`, marked as what is wrong. */
export function wrong(name: string): string {
  return `'${invalid(name)}'`;
}
