import type { ListValue, Value } from '../value/value.ts';
import { elementOf, entryOf, type Intrinsic, referredName, scalarText } from './intrinsic.ts';

/*
 * What a template leaves open, and which answers are worth trying. Conditions follow from these, so that two of them
 * are never true together when no deployment can make them so.
 */

/** Something that is settled when the template is deployed. */
export interface Variable {
  /** Name of the parameter or pseudo parameter; the text of a comparison that nobody can compute. */
  readonly name: string;
  readonly of: 'parameter' | 'comparison';
  /** What it may be; the one that holds when nobody says anything comes first. */
  readonly options: readonly Option[];
  /** Why a reference to it may have no value that is known. */
  readonly secret: 'NoEcho' | 'Systems Manager' | null;
  /** What a reference gives. */
  readonly gives: 'text' | 'number' | 'list';
}

export interface Option {
  /** As text; null for anything that the template does not mention. */
  readonly text: string | null;
  /** Where the value is written; null when it is not. */
  readonly at: Value | null;
  /** A value that is only compared with, or a key that is looked up, need not be what a reference gives. */
  readonly origin: 'default' | 'allowed' | 'mentioned';
}

/** What all mentions of a parameter are compared with: texts by parameter name. */
type Mentions = ReadonlyMap<string, ReadonlyMap<string, Value>>;

const PSEUDO_PARAMETERS: ReadonlySet<string> = new Set([
  'AWS::AccountId',
  'AWS::NotificationARNs',
  'AWS::Partition',
  'AWS::Region',
  'AWS::StackId',
  'AWS::StackName',
  'AWS::URLSuffix',
]);

const ANYTHING_ELSE: Option = { text: null, at: null, origin: 'mentioned' };

/** The parameters of a template and the pseudo parameters, by name. */
export function variablesOf(root: Value, calls: readonly Intrinsic[]): ReadonlyMap<string, Variable> {
  const mentions = mentionsIn(root, calls);
  const variables = new Map<string, Variable>();
  const parameters = entryOf(root, 'Parameters');
  if (parameters?.kind === 'map')
    for (const declaration of parameters.value.values) {
      const name = String(declaration.key);
      variables.set(name, parameter(name, declaration, mentions));
    }
  for (const name of PSEUDO_PARAMETERS)
    variables.set(name, {
      name,
      of: 'parameter',
      options: [...mentioned(mentions, name), ANYTHING_ELSE],
      secret: null,
      gives: name === 'AWS::NotificationARNs' ? 'list' : 'text',
    });
  return variables;
}

/** A comparison that cannot be computed may come out either way. */
export function openComparison(name: string): Variable {
  const options = ['true', 'false'].map((text) => ({ text, at: null, origin: 'mentioned' }) as const);
  return { name, of: 'comparison', options, secret: null, gives: 'text' };
}

function parameter(name: string, declaration: Value, mentions: Mentions): Variable {
  const type = textOf(entryOf(declaration, 'Type')) ?? 'String';
  const secret = secretOf(declaration, type);
  const options = optionsOf(name, declaration, secret !== null, mentions);
  return { name, of: 'parameter', options, secret, gives: givenBy(type) };
}

function secretOf(declaration: Value, type: string): Variable['secret'] {
  if (textOf(entryOf(declaration, 'NoEcho'))?.toLowerCase() === 'true') return 'NoEcho';
  return type.startsWith('AWS::SSM::Parameter::Value<') ? 'Systems Manager' : null;
}

function givenBy(type: string): Variable['gives'] {
  if (/^CommaDelimitedList$|(^|<)List<|<CommaDelimitedList>/.test(type)) return 'list';
  return type === 'Number' ? 'number' : 'text';
}

/**
 * The allowed values; else the default and what the parameter is compared with, and something else where that is
 * neither. A default stands for everything that the template does not mention.
 */
function optionsOf(name: string, declaration: Value, isSecret: boolean, mentions: Mentions): Option[] {
  const others = mentioned(mentions, name);
  if (isSecret) return [...others, ANYTHING_ELSE];
  const fallback = option(entryOf(declaration, 'Default'), 'default');
  const allowed = entryOf(declaration, 'AllowedValues');
  if (allowed?.kind === 'list' && allowed.value.length > 0) return allowedOptions(allowed, fallback);
  if (fallback === undefined) return [...others, ANYTHING_ELSE];
  const rest = others.filter(({ text }) => text !== fallback.text);
  return rest.length < others.length ? [fallback, ...rest, ANYTHING_ELSE] : [fallback, ...rest];
}

function allowedOptions(allowed: ListValue, fallback: Option | undefined): Option[] {
  const options = allowed.value.flatMap((value) => option(value, 'allowed') ?? []);
  if (fallback === undefined) return options;
  return [fallback, ...options.filter(({ text }) => text !== fallback.text)];
}

function option(at: Value | undefined, origin: Option['origin']): Option | undefined {
  const text = textOf(at);
  return at === undefined || text === undefined ? undefined : { text, at, origin };
}

function mentioned(mentions: Mentions, name: string): Option[] {
  return [...(mentions.get(name) ?? [])].map(([text, at]) => ({ text, at, origin: 'mentioned' }));
}

function textOf(value: Value | undefined): string | undefined {
  return value === undefined ? undefined : scalarText(value);
}

/** Finds what parameters are compared with, and the keys of the mappings that they choose from. */
function mentionsIn(root: Value, calls: readonly Intrinsic[]): Mentions {
  const mentions = new Map<string, Map<string, Value>>();
  const mention = (name: string, value: Value, text: string | undefined): void => {
    if (text === undefined) return;
    const texts = mentions.get(name) ?? new Map<string, Value>();
    mentions.set(name, texts);
    if (!texts.has(text)) texts.set(text, value);
  };
  const lookUp = (key: Value | undefined, maps: readonly (Value | undefined)[]): void => {
    const name = key === undefined ? undefined : referredName(key);
    if (name === undefined) return;
    for (const map of maps)
      if (map?.kind === 'map') for (const row of map.value.values) mention(name, row, String(row.key));
  };
  const compared: (readonly [string, string])[] = [];
  for (const { name, argument } of calls) {
    if (name === 'Fn::Equals') {
      const [left, right] = [elementOf(argument, 0), elementOf(argument, 1)];
      for (const [one, other] of [
        [left, right],
        [right, left],
      ] as const) {
        const parameter = one === undefined ? undefined : referredName(one);
        if (parameter === undefined || other === undefined) continue;
        mention(parameter, other, scalarText(other));
        const otherName = referredName(other);
        if (otherName !== undefined) compared.push([parameter, otherName]);
      }
    } else if (name === 'Fn::FindInMap') {
      const mapping = entryOf(entryOf(root, 'Mappings'), textOf(elementOf(argument, 0)) ?? '');
      lookUp(elementOf(argument, 1), [mapping]);
      lookUp(elementOf(argument, 2), mapping?.kind === 'map' ? mapping.value.values : []);
    }
  }
  // What is compared with each other may be anything that the other may be; that goes on to what those are compared with.
  for (const _ of compared)
    for (const [name, other] of compared) {
      const declaration = entryOf(entryOf(root, 'Parameters'), other);
      const allowed = entryOf(declaration, 'AllowedValues');
      const values = allowed?.kind === 'list' ? allowed.value : [entryOf(declaration, 'Default')];
      for (const value of values) if (value !== undefined) mention(name, value, scalarText(value));
      for (const [text, value] of [...(mentions.get(other) ?? [])]) mention(name, value, text);
    }
  return mentions;
}
