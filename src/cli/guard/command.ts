import { bold } from './style.ts';

/** A command of the native tool. Its table drives parsing, usage messages, help and completion scripts. */
export interface GuardCommand<T extends GuardOptionTable = GuardOptionTable> {
  readonly name: string;
  readonly about: string;
  /** By long name, in the order of the help. */
  readonly options: T;
  /** Of these options one must be given, and only one. */
  readonly exactlyOneOf?: readonly string[];
  /** Sets of options that usage messages list after the set of all options. */
  readonly groups?: readonly (readonly string[])[];
  /** Put each description on lines of its own. */
  readonly longHelp?: true;
}

export type GuardOptionTable = Readonly<Record<string, GuardOption>>;
export type GuardOption = GuardFlag | GuardValueOption;

export interface GuardFlag {
  readonly kind: 'flag';
  readonly short: string;
  readonly help: string;
  /** Long names of options that cannot stand beside this one. */
  readonly conflicts?: readonly string[];
}

export interface GuardValueOption {
  /**
   * `one`: at most once. `many`: any number of values behind each use. `list`: one value behind each use, which commas
   * split further.
   */
  readonly kind: 'one' | 'many' | 'list';
  readonly short: string;
  readonly placeholder: string;
  readonly help: string;
  readonly choices?: readonly string[];
  readonly standard?: string;
  readonly required?: true;
  readonly conflicts?: readonly string[];
}

/** Flags are false, single values undefined and lists empty when not given; standard values are filled in. */
export type GuardArguments<T extends GuardOptionTable> = {
  readonly [Name in keyof T]: T[Name] extends GuardValueOption ? ValuesOf<T[Name]> : boolean;
};

type ValuesOf<O extends GuardValueOption> = O['kind'] extends 'one'
  ? Choice<O> | (O extends { standard: string } | { required: true } ? never : undefined)
  : readonly Choice<O>[];

type Choice<O> = O extends { choices: readonly (infer C)[] } ? C : string;

/** The option as messages name it: `--output <OUTPUT>`. */
export function optionLabel(name: string, option: GuardOption): string {
  return `--${name}${valueLabel(option)}`;
}

/** {@link optionLabel} as usage lines style it. */
export function styledLabel(name: string, option: GuardOption): string {
  return `${bold(`--${name}`)}${valueLabel(option)}`;
}

/** What follows the name, with the blank between; empty for a flag. */
export function valueLabel(option: GuardOption): string {
  if (option.kind === 'flag') return '';
  return option.kind === 'many' ? ` [<${option.placeholder}>...]` : ` <${option.placeholder}>`;
}
