import { nearest } from '../source/nearest.ts';
import { usageError } from './usage-error.ts';

/** One option. The table of a command's options drives its parsing, its help and the type of what was parsed. */
export type Option = FlagOption | ValueOption;

export interface FlagOption {
  readonly kind: 'flag';
  readonly short?: string;
  readonly help: string;
}

export interface ValueOption {
  /** `list`: may be given several times. */
  readonly kind: 'value' | 'list';
  readonly short?: string;
  /** Stands for the value in the help. */
  readonly placeholder: string;
  /** The only values allowed. */
  readonly choices?: readonly string[];
  readonly help: string;
}

export type OptionTable = Readonly<Record<string, Option>>;

/** Flags are false and values undefined unless given; lists are undefined, not empty, when not given. */
export type Options<T extends OptionTable> = {
  -readonly [Name in keyof T]: T[Name]['kind'] extends 'flag'
    ? boolean
    : T[Name]['kind'] extends 'list'
      ? ValueType<T[Name]>[] | undefined
      : ValueType<T[Name]> | undefined;
};

type ValueType<O> = O extends { choices: readonly (infer Choice)[] } ? Choice : string;

export interface Arguments<T extends OptionTable> {
  readonly options: Options<T>;
  /** What is no option, in order. */
  readonly operands: readonly string[];
}

/**
 * Reads a command line: `--name value`, `--name=value`, `-n value`; `--` ends the options.
 *
 * @throws {DiagnosticError} for an unknown option, a missing or surplus value, or a value that is no choice
 */
export function parseOptions<T extends OptionTable>(table: T, argv: readonly string[]): Arguments<T> {
  const options: Record<string, boolean | string | string[] | undefined> = {};
  for (const [name, option] of Object.entries(table))
    options[name] = option.kind === 'flag' ? false : undefined;
  const operands: string[] = [];
  const rest = argv[Symbol.iterator]();
  for (const argument of rest) {
    if (argument === '--') {
      operands.push(...rest);
    } else if (argument.startsWith('-') && argument !== '-') {
      const { name, inline } = recognise(table, argument);
      const option = table[name]!;
      if (option.kind === 'flag') {
        if (inline !== undefined) throw usageError(`option \`--${name}\` takes no value`);
        options[name] = true;
        continue;
      }
      const value = checkedValue(name, option, inline ?? rest.next().value);
      options[name] = option.kind === 'list' ? [...((options[name] as string[]) ?? []), value] : value;
    } else {
      operands.push(argument);
    }
  }
  return { options: options as Options<T>, operands };
}

function recognise(table: OptionTable, argument: string): { name: string; inline: string | undefined } {
  const equals = argument.indexOf('=');
  const given = equals === -1 ? argument : argument.slice(0, equals);
  const inline = equals === -1 ? undefined : argument.slice(equals + 1);
  const [name] =
    Object.entries(table).find(
      ([key, { short }]) => given === `--${key}` || (short !== undefined && given === `-${short}`),
    ) ?? [];
  if (name !== undefined) return { name, inline };
  const meant = nearest(
    given,
    Object.keys(table).map((key) => `--${key}`),
  );
  throw usageError(
    `there is no option \`${given}\``,
    meant === undefined ? 'see `ecs-guard-staged --help`' : `did you mean \`${meant}\`?`,
  );
}

function checkedValue(name: string, option: ValueOption, value: string | undefined): string {
  if (value === undefined)
    throw usageError(`option \`--${name}\` needs a value`, `write \`--${name} ${option.placeholder}\``);
  if (option.choices === undefined || option.choices.includes(value)) return value;
  throw usageError(
    `option \`--${name}\` cannot be \`${value}\``,
    `choose one of ${option.choices.map((choice) => `\`${choice}\``).join(', ')}`,
  );
}

/** One indented line per option, aligned. */
export function describeOptions(table: OptionTable): string {
  const rows = Object.entries(table).map(([name, option]) => {
    const short = option.short === undefined ? '    ' : `-${option.short}, `;
    const value = option.kind === 'flag' ? '' : ` ${option.placeholder}`;
    return { usage: `  ${short}--${name}${value}`, help: option.help };
  });
  const width = Math.max(...rows.map(({ usage }) => usage.length));
  return rows.map(({ usage, help }) => `${usage.padEnd(width)}  ${help}\n`).join('');
}
