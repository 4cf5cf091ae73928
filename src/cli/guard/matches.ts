import { type GuardCommand, type GuardOption, type GuardValueOption, optionLabel } from './command.ts';
import { mostSimilar } from './similar.ts';
import { bold, invalid, valid } from './style.ts';
import { groupLabel, requiredNames, usage, usageOf } from './usage.ts';
import { HelpRequest, possibleValues, similarExists, UsageError, wrong } from './usage-error.ts';

/**
 * What was read of a command line so far. The values behind an option are only looked at when the next option or the end
 * is reached, which decides what message comes first.
 */
export class Matches {
  readonly #command: GuardCommand;
  /** By long name, in order of first use. */
  readonly #given = new Map<string, string[]>();
  #pending: { readonly name: string; readonly values: string[] } | undefined;
  #collecting = false;

  constructor(command: GuardCommand) {
    this.#command = command;
  }

  /** Long names of the options used, in order of first use. */
  get used(): string[] {
    return [...this.#given.keys()];
  }

  flag(name: string): void {
    this.settle();
    this.#collecting = false;
    this.#once(name);
    this.#given.set(name, []);
  }

  /** Begins an option that takes values. */
  start(name: string, attached: string | undefined): void {
    this.settle();
    this.#pending = { name, values: attached === undefined ? [] : [attached] };
    this.#collecting = attached === undefined;
    if (attached !== undefined) this.settle();
  }

  /** Takes an operand for the option before it, if that wants one. */
  addValue(value: string): boolean {
    if (!this.#collecting || this.#pending === undefined) return false;
    this.#pending.values.push(value);
    this.#collecting = this.#option(this.#pending.name).kind === 'many';
    return true;
  }

  /** @throws {UsageError} when the values collected for the last option are not what it takes */
  settle(): void {
    if (this.#pending === undefined) return;
    const { name, values } = this.#pending;
    this.#pending = undefined;
    const option = this.#option(name);
    if (option.kind !== 'many' && values.length === 0) this.#valueMissing(name, option);
    if (option.kind === 'one') this.#once(name);
    const taken = this.#given.get(name) ?? [];
    this.#given.set(name, taken);
    for (const value of option.kind === 'list' ? values.flatMap((text) => text.split(',')) : values) {
      this.#check(name, option, value);
      taken.push(value);
    }
  }

  /** Settles where another message will be shown anyway. */
  settleQuietly(): void {
    try {
      this.settle();
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
    }
  }

  /**
   * The arguments by long name, once they are known to go together.
   *
   * @throws {UsageError}
   * @throws {HelpRequest} when no option was used
   */
  finish(): Record<string, boolean | string | readonly string[] | undefined> {
    this.settle();
    if (this.#given.size === 0) throw new HelpRequest(false);
    this.#refuseConflicts();
    this.#requireTheRequired();
    return Object.fromEntries(
      Object.entries(this.#command.options).map(([name, option]) => [name, this.#valueOf(name, option)]),
    );
  }

  #valueOf(name: string, option: GuardOption): boolean | string | readonly string[] | undefined {
    const given = this.#given.get(name);
    if (option.kind === 'flag') return given !== undefined;
    if (option.kind === 'one') return given?.[0] ?? option.standard;
    return given ?? (option.standard === undefined ? [] : [option.standard]);
  }

  #option(name: string): GuardValueOption {
    return this.#command.options[name] as GuardValueOption;
  }

  #once(name: string): void {
    if (!this.#given.delete(name)) return;
    throw new UsageError(`the argument ${wrong(this.#label(name))} cannot be used multiple times`, {
      usage: usage(this.#command),
    });
  }

  #check(name: string, option: GuardValueOption, value: string): void {
    const { choices } = option;
    if (choices === undefined || choices.includes(value)) return;
    if (value === '') this.#valueMissing(name, option);
    const meant = mostSimilar(value, choices);
    const label = bold(this.#label(name));
    throw new UsageError(
      `invalid value '${invalid(value)}' for '${label}'${possibleValues(choices)}`,
      meant === undefined ? {} : { tip: similarExists('value', meant) },
    );
  }

  #valueMissing(name: string, { choices }: GuardValueOption): never {
    throw new UsageError(
      `a value is required for ${wrong(this.#label(name))} but none was supplied${
        choices === undefined ? '' : possibleValues(choices)
      }`,
    );
  }

  #label(name: string): string {
    const option = this.#command.options[name];
    return option === undefined ? `--${name}` : optionLabel(name, option);
  }

  #refuseConflicts(): void {
    const { used } = this;
    for (const name of used) {
      const against = used.filter((other) => other !== name && this.#conflict(name, other));
      if (against.length === 0) continue;
      const others =
        against.length === 1
          ? ` ${wrong(this.#label(against[0] ?? ''))}`
          : `:${against.map((other) => `\n  ${invalid(this.#label(other))}`).join('')}`;
      throw new UsageError(`the argument ${wrong(this.#label(name))} cannot be used with${others}`, {
        usage: usageOf(
          this.#command,
          used.filter((other) => !against.includes(other)),
          false,
        ),
      });
    }
  }

  #conflict(one: string, other: string): boolean {
    const { options, exactlyOneOf = [] } = this.#command;
    return (
      options[one]?.conflicts?.includes(other) ||
      options[other]?.conflicts?.includes(one) ||
      (exactlyOneOf.includes(one) && exactlyOneOf.includes(other))
    );
  }

  #requireTheRequired(): void {
    const { exactlyOneOf } = this.#command;
    const missing = requiredNames(this.#command)
      .filter((name) => !this.#given.has(name))
      .map((name) => this.#label(name));
    if (exactlyOneOf !== undefined && !exactlyOneOf.some((name) => this.#given.has(name)))
      missing.push(groupLabel(this.#command, exactlyOneOf));
    if (missing.length === 0) return;
    const list = missing.map((label) => `\n  ${valid(label)}`).join('');
    throw new UsageError(`the following required arguments were not provided:${list}`, {
      usage: usageOf(this.#command, this.used, false),
    });
  }
}
