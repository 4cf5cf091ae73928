/*
 * A second, simple reading of intrinsic functions: everything is settled beforehand and put into the text. It knows only what
 * the templates of the tests use.
 */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonMap = { readonly [key: string]: Json };

/** Values of all parameters. */
export type Arguments = ReadonlyMap<string, string>;

/** Every combination of the allowed values of the parameters. */
export function allArguments(template: JsonMap): readonly Arguments[] {
  const parameters = Object.entries((template.Parameters ?? {}) as { readonly [name: string]: JsonMap });
  return parameters.reduce<readonly Map<string, string>[]>(
    (partial, [name, declaration]) =>
      partial.flatMap((given) =>
        (declaration.AllowedValues as readonly string[]).map((value) => new Map([...given, [name, value]])),
      ),
    [new Map()],
  );
}

type Mappings = { readonly [map: string]: { readonly [row: string]: JsonMap } };

const ABSENT = Symbol('absent');

/** The template as it is deployed with these arguments. */
export function deployed(template: JsonMap, given: Arguments): Json {
  const resources = Object.entries(template.Resources as { readonly [id: string]: JsonMap }).filter(
    ([, { Condition }]) => Condition === undefined || isTrue({ Condition }, template, given),
  );
  const settle = (value: Json) => settled(value, template, given) as Json;
  return { Resources: Object.fromEntries(resources.map(([id, resource]) => [id, settle(resource)])) };
}

function settled(value: Json, template: JsonMap, given: Arguments): Json | typeof ABSENT {
  const settle = (inner: Json): Json | typeof ABSENT => settled(inner, template, given);
  const text = (inner: Json): string => String(settle(inner));
  if (Array.isArray(value)) return value.map(settle).filter((each) => each !== ABSENT) as Json;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as JsonMap);
  const [name, argument] = entries[0] ?? ['', null];
  const list = argument as readonly Json[];
  switch (entries.length === 1 ? name : '') {
    case 'Ref':
      return argument === 'AWS::NoValue' ? ABSENT : given.get(argument as string)!;
    case 'Fn::If':
      return settle(isTrue({ Condition: list[0]! }, template, given) ? list[1]! : list[2]!);
    case 'Fn::FindInMap': {
      const [map, first, second] = list.map(text);
      return (template.Mappings as Mappings)[map!]![first!]![second!]!;
    }
    case 'Fn::Sub':
      return (argument as string).replace(/\$\{(\w+)\}/g, (_, parameter) => given.get(parameter)!);
    case 'Fn::Join':
      return (settle(list[1]!) as readonly Json[]).join(list[0] as string);
    case 'Fn::Select':
      return (settle(list[1]!) as readonly Json[])[list[0] as number]!;
    case 'Fn::Split':
      return text(list[1]!).split(list[0] as string);
    default: {
      const kept = entries.map(([key, inner]) => [key, settle(inner)] as const);
      return Object.fromEntries(kept.filter(([, inner]) => inner !== ABSENT)) as Json;
    }
  }
}

/** Whether a condition, written as in a template, holds. */
export function isTrue(expression: Json, template: JsonMap, given: Arguments): boolean {
  const [[name, argument]] = Object.entries(expression as JsonMap) as [[string, Json]];
  const operands = argument as readonly Json[];
  const holds = (operand: Json) => isTrue(operand, template, given);
  switch (name) {
    case 'Condition':
      return holds((template.Conditions as JsonMap)[argument as string]!);
    case 'Fn::And':
      return operands.every(holds);
    case 'Fn::Or':
      return operands.some(holds);
    case 'Fn::Not':
      return !holds(operands[0]!);
    default: {
      const [left, right] = operands.map((operand) => settled(operand, template, given));
      return left === right;
    }
  }
}
