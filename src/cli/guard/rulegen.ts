import { parseRules } from '../../language/parser.ts';
import { Source } from '../../source/source.ts';
import { CoreSyntaxError } from '../../template/core-errors.ts';
import { readPlainMap } from '../../template/plain-reader.ts';
import { jsonForm } from '../../value/display.ts';
import { jsonFloat } from '../../value/float-text.ts';
import type { Entries, Value } from '../../value/value.ts';
import { RULEGEN } from './commands.ts';
import { Failure } from './failure.ts';
import { Files } from './files.ts';
import { withOutput } from './output-file.ts';
import { failingOnSyntax } from './rule-files.ts';
import { guardCommand } from './run.ts';

/** A template that no rules can be made from. */
class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

/** `rulegen`: prints rules that demand of all resources what those of a template have. */
export const runRulegen = guardCommand(RULEGEN, (options, io) =>
  withOutput(options.output, io, async (sink) => {
    const template = new Files(io).readText(options.template);
    let rules: string;
    try {
      rules = generate(resourcesOf(template));
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      io.stderr.write(`${error.message}\n`);
      return 1;
    }
    const problem = problemOf(rules);
    if (problem === undefined) sink.write(rules);
    else io.stderr.write(`Parsing error with generated rules file, Error = ${problem}\n`);
    return 0;
  }),
);

function problemOf(rules: string): string | undefined {
  const source = new Source('', rules);
  try {
    failingOnSyntax(source, () => parseRules(source));
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error.message;
    throw error;
  }
}

/** @throws {TemplateError} */
function resourcesOf(text: string): readonly Value[] {
  const resources = readTemplate(text).get('Resources');
  if (resources === undefined) throw new TemplateError('Template lacks a Resources section');
  if (resources.kind === 'map') return resources.value.values;
  throw new TemplateError(
    `Template Resources section has an invalid structure: invalid type: ${describe(resources)}, expected a map`,
  );
}

function readTemplate(text: string): Entries {
  try {
    return readPlainMap(text);
  } catch (error) {
    if (!(error instanceof CoreSyntaxError)) throw error;
    throw new TemplateError(`Parsing error handling template file, Error = ${error.message}`);
  }
}

function describe(value: Value): string {
  switch (value.kind) {
    case 'string':
      return `string ${JSON.stringify(value.value)}`;
    case 'bool':
      return `boolean \`${value.value}\``;
    case 'int':
      return `integer \`${value.value}\``;
    case 'float':
      return `floating point \`${jsonFloat(value.value)}\``;
    case 'list':
      return 'sequence';
    default:
      return 'null';
  }
}

/** Distinct values of each property of each type, as rules write them, in the order of the template. */
type Found = Map<string, Map<string, Set<string>>>;

function generate(resources: readonly Value[]): string {
  const found: Found = new Map();
  for (const resource of resources) collect(resource, found);
  return [...found].map(([type, properties]) => ruleFor(type, properties)).join('');
}

/** @throws {Failure} for a resource with properties but without a type, where the native tool crashes */
function collect(resource: Value, found: Found): void {
  const properties = resource.kind === 'map' ? resource.value.get('Properties') : undefined;
  if (resource.kind !== 'map' || properties?.kind !== 'map') return;
  for (const property of properties.value.values) {
    const type = resource.value.get('Type');
    if (type?.kind !== 'string') throw new Failure(`The resource \`${resource.key}\` has no Type`);
    const ofType = entry(found, type.value, () => new Map<string, Set<string>>());
    entry(ofType, String(property.key), () => new Set<string>()).add(ruleText(property));
  }
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** Quotes inside a string are not escaped. */
function ruleText(value: Value): string {
  if (value.kind !== 'string') return jsonForm(value);
  return `"${value.value.trim().replaceAll('\n', '')}"`;
}

function ruleFor(type: string, properties: ReadonlyMap<string, ReadonlySet<string>>): string {
  const name = type.replaceAll('::', '_').toLowerCase();
  const variable = `${name}_resources`;
  const clauses = [...properties].map(([property, values]) => {
    const [first = ''] = values;
    const test = values.size > 1 ? `IN [${[...values].join(', ')}]` : `== ${first}`;
    return `  %${variable}.Properties.${property} ${test}\n`;
  });
  return `let ${variable} = Resources.*[ Type == '${type}' ]
rule ${name} when %${variable} !empty {
${clauses.join('')}}
`;
}
