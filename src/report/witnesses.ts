import { intrinsicOf } from '../intrinsics/intrinsic.ts';
import type { Gap, Text } from '../intrinsics/outcome.ts';
import { type Background, isUncertain } from '../intrinsics/possible-template.ts';
import { samplesOf } from '../language/pattern/samples.ts';
import { derivedValue, Entries, makeValue, type Pattern, type Value } from '../value/value.ts';

/*
 * What a value that nobody knows may turn out to be, as far as it makes a difference to one comparison: a comparison that comes
 * out the same for all of these does not depend on the value.
 */

/** What is known about a value; undefined for what is simply itself. */
export type Knowledge = (value: Value) => Background | undefined;

/**
 * Values that `value` may turn out to be, chosen to come out differently when compared with `other`; undefined when it is known.
 */
export function witnessesOf(value: Value, other: Value, knowledge: Knowledge): readonly Value[] | undefined {
  const about = knowledge(value);
  if (about?.unknown != null && about.text === null) return anythingLike(other, value);
  if (about?.text != null) {
    const { text } = about;
    return fillings(text, targetsIn(other)).map((filled) => derivedValue('string', filled, value));
  }
  if (value.kind !== 'list' && value.kind !== 'map') return undefined;
  if (!isOpen(value, knowledge)) return undefined;
  // A list is compared as a whole, and may hold what is looked for.
  const models = [undefined, other, ...(other.kind === 'list' ? other.value : [])];
  return models.map((model) => replaced(value, model, knowledge));
}

/** Whether a value or anything in it is not known. */
export function isOpen(value: Value, knowledge: Knowledge): boolean {
  const about = knowledge(value);
  if (about !== undefined && isUncertain(about)) return true;
  if (value.kind === 'list') return value.value.some((element) => isOpen(element, knowledge));
  return value.kind === 'map' && value.value.values.some((entry) => isOpen(entry, knowledge));
}

/** A text that no rule expects. */
const UNEXPECTED = 'x-7f3';

/**
 * Whatever the other side mentions, and what it does not. A value that somebody takes care to give is never null, and
 * taken not to be empty.
 */
function anythingLike(other: Value, place: Value): readonly Value[] {
  const scalars = scalarsIn(other);
  const texts = [UNEXPECTED, '1', ...scalars.flatMap(textsLike)];
  return [
    ...texts.map((text) => derivedValue('string', text, place)),
    ...scalars.flatMap((scalar) => scalarsLike(scalar, place)),
    ...collectionsLike(other, place),
  ];
}

/** A list or map that is not the other one, and that one itself, if somebody would give it. */
function collectionsLike(other: Value, place: Value): readonly Value[] {
  const unexpected = derivedValue('string', UNEXPECTED, place);
  if (other.kind === 'list') {
    const given = other.value.every((element) => element.kind !== 'null' && element.value !== '');
    return [[unexpected], ...(given && other.value.length > 0 ? [other.value] : [])].map((elements) =>
      derivedValue('list', elements, place),
    );
  }
  if (other.kind !== 'map') return [];
  const entries = new Entries();
  entries.set(UNEXPECTED, -1, unexpected);
  const given = other.value.size > 0 && intrinsicOf(other) === undefined;
  return [entries, ...(given ? [other.value] : [])].map((each) => derivedValue('map', each, place));
}

function scalarsLike(other: Value, place: Value): readonly Value[] {
  switch (other.kind) {
    case 'bool':
      return [true, false].map((value) => derivedValue('bool', value, place));
    case 'int': {
      const near = Number(other.value);
      return [near - 1, near, near + 1].map((value) => derivedValue('int', value, place));
    }
    case 'float':
      return [other.value - 1, other.value, other.value + 1].map((value) =>
        derivedValue('float', value, place),
      );
    case 'range': {
      const { of, lower, upper } = other.value;
      if (of === 'char') return [];
      const [low, high] = [Number(lower), Number(upper)];
      return [low - 1, low, (low + high) / 2, high, high + 1].map((value) =>
        derivedValue(of, of === 'int' ? Math.round(value) : value, place),
      );
    }
    default:
      return [];
  }
}

function textsLike(other: Value): readonly string[] {
  if (other.kind === 'string') return other.value === '' ? [] : [other.value];
  return other.kind === 'regex' ? samplesFor(other.value) : [];
}

/** A pattern is compared with many values, in each of many cases. */
const SAMPLES = new WeakMap<Pattern, readonly string[]>();

function samplesFor(pattern: Pattern): readonly string[] {
  const samples = SAMPLES.get(pattern) ?? samplesOf(pattern.text);
  SAMPLES.set(pattern, samples);
  return samples;
}

function targetsIn(value: Value): readonly string[] {
  return scalarsIn(value).flatMap(textsLike);
}

function scalarsIn(value: Value): readonly Value[] {
  if (value.kind === 'list') return value.value.flatMap(scalarsIn);
  return value.kind === 'map' ? value.value.values.flatMap(scalarsIn) : [value];
}

/**
 * A copy in which everything that is not known is what `model` has in its place, or something unexpected. Any element of a
 * list may be a model that is no list.
 */
function replaced(value: Value, model: Value | undefined, knowledge: Knowledge): Value {
  const about = knowledge(value);
  if (about !== undefined && isUncertain(about)) return model ?? derivedValue('string', UNEXPECTED, value);
  const { parent, key, start, source } = value;
  if (value.kind === 'list') {
    const elements = value.value.map((element, at) =>
      replaced(element, model?.kind === 'list' ? model.value[at] : model, knowledge),
    );
    return makeValue('list', elements, parent, key, start, source);
  }
  if (value.kind !== 'map') return value;
  const map = makeValue('map', new Entries(), parent, key, start, source);
  for (const entry of value.value.values) {
    const name = String(entry.key);
    const copy = replaced(entry, model?.kind === 'map' ? model.value.get(name) : undefined, knowledge);
    map.value.set(
      name,
      -1,
      copy.key === name ? copy : makeValue(copy.kind, copy.value, map, name, start, source),
    );
  }
  return map;
}

// --- Texts with gaps ---------------------------------------------------------------------------------------------------

/** What pseudo parameters look like: a pattern, and examples. */
const PSEUDO: {
  readonly [name: string]: { readonly pattern: string; readonly examples: readonly string[] };
} = {
  'AWS::AccountId': { pattern: '\\d{12}', examples: ['123456789012', '210987654321'] },
  'AWS::Partition': { pattern: 'aws(?:-[a-z]+)*', examples: ['aws', 'aws-cn', 'aws-us-gov'] },
  'AWS::Region': { pattern: '[a-z]+(?:-[a-z]+)+-\\d', examples: ['eu-central-1', 'us-east-1', 'cn-north-1'] },
  'AWS::URLSuffix': { pattern: 'amazonaws\\.com(?:\\.cn)?', examples: ['amazonaws.com', 'amazonaws.com.cn'] },
  'AWS::StackName': { pattern: '[A-Za-z][-A-Za-z0-9]*', examples: ['stack', 'A-1'] },
};

const ANYTHING: readonly string[] = ['', 'x', '1', 'A b:/'];

/** Longer texts are not taken apart to see whether a gap may complete them. */
const LONGEST_PART = 24;

/** The text with its gaps filled in several ways. */
function fillings({ parts }: Text, targets: readonly string[]): readonly string[] {
  const fillers = [...ANYTHING, ...targets.flatMap(endsOf)];
  const filled = fillers.map((filler, at) =>
    parts.map((part) => (typeof part === 'string' ? part : (exampleOf(part, at) ?? filler))).join(''),
  );
  const shape = new RegExp(`^${parts.map(patternOf).join('')}$`, 's');
  return [...new Set([...filled, ...targets.filter((target) => shape.test(target))])];
}

function exampleOf({ pseudo }: Gap, at: number): string | undefined {
  const examples = pseudo === null ? undefined : PSEUDO[pseudo]?.examples;
  return examples?.[at % examples.length];
}

function patternOf(part: string | Gap): string {
  if (typeof part === 'string') return part.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  return `(?:${(part.pseudo === null ? undefined : PSEUDO[part.pseudo]?.pattern) ?? '.*'})`;
}

/** All beginnings and ends of a text, which may complete one another. */
function endsOf(text: string): readonly string[] {
  if (text.length > LONGEST_PART) return [text];
  return Array.from(text, (_, at) => [text.slice(at), text.slice(0, at + 1)]).flat();
}
