import { Entries, type Kind, type MapValue, makeValue, type Value } from '../value/value.ts';
import { typedArgument } from './argument-type.ts';
import { Circumstances } from './circumstances.ts';
import { type ArgumentLikeness, Formulas, hasDynamicReference } from './formulas.ts';
import {
  elementOf,
  entryOf,
  type Intrinsic,
  intrinsicOf,
  isOpenMap,
  isTransformKey,
  NO_VALUE,
  referredName,
} from './intrinsic.ts';
import { OptionalEntries, type OptionalEntry } from './optional-entries.ts';
import { type Origin, type Text, wholeText, writtenText } from './outcome.ts';
import { type Place, possibleValue } from './possible-value.ts';

/** Sections that become something; CloudFormation alone reads the others. */
const DEPLOYED_SECTIONS: ReadonlySet<unknown> = new Set(['Resources', 'Outputs']);

/** What is known about a value of the tree besides itself. */
export interface Background {
  /** What the user wrote in its place. */
  readonly written: Value;
  readonly origins: readonly Origin[];
  /** The text that it is, when that has gaps. */
  readonly text: Text | null;
  /** Why the value is not known; null when it is. */
  readonly unknown: string | null;
  /** Why the map that it is may have other entries besides those that are written; null when it has not. */
  readonly more: string | null;
}

const NO_ORIGINS: readonly Origin[] = [];

/** How those read a template that it is settled for. */
export interface Reading {
  /** Functions that they look for by name: what these give is left as it is written unless all of it is known. */
  readonly keptShapes: ReadonlySet<string>;
  /** What they can find out about a scalar value, for the first one that depends on a parameter; null for anything. */
  readonly likeness: () => ((value: Value) => unknown) | null;
}

/** Whether a value is not, or not only, what it seems to be. */
export function isUncertain({ text, unknown, more }: Background): boolean {
  return text !== null || unknown !== null || more !== null;
}

/** What a value came to before: by what stands there in the file, and by what that came to. */
type Known = Map<Value, Map<unknown, Value>>;

/**
 * What a template becomes, under circumstances that can be exchanged. It is one tree, of which those values that depend on
 * circumstances are settled when rules look at them: a rule decides only what it reads, and what is the same under all
 * circumstances is there once.
 */
export class PossibleTemplate {
  readonly root: Value;
  readonly formulas: Formulas;
  readonly #dynamic: ReadonlySet<Value>;
  readonly #background = new Map<Value, Background>();
  /** Of values that depend on circumstances: what is known once they are settled under these. */
  readonly #settled = new Map<Value, () => Background | undefined>();
  readonly #inPlace = new Set<Value>();
  readonly #conditions = new Map<Value, string>();
  /** Properties and elements, whether they are there: rules look at the same ones again and again. */
  readonly #presences = new Map<Value, boolean>();
  #circumstances = new Circumstances();
  #reading: Reading = { keptShapes: new Set(), likeness: () => null };
  /** Tells what was settled under these circumstances from what was settled under others. */
  #round = 0;
  #touchedUnknown = false;
  #assumesResources = false;

  /** @param written root of a CloudFormation template */
  constructor(written: Value) {
    const { dynamic, calls } = surveyOf(written);
    this.formulas = new Formulas(written, calls);
    this.#dynamic = dynamic;
    this.root = this.#build(written, { parent: null, key: null }, true);
  }

  /** A document with all sections and resources, whether their conditions hold or not. Nobody asks where they stand. */
  get complete(): Value {
    const sections = this.root.kind === 'map' ? this.root.value.possible.values : [];
    return mapOf(
      sections.map((section) => (section.key === 'Resources' ? this.#withEveryResource(section) : section)),
      null,
    );
  }

  #withEveryResource(section: Value): Value {
    // Which resources a function gives is another matter in each case.
    if (isCall(this.#background.get(section)?.written ?? section)) return mapOf([], section.key);
    const { value } = section;
    return value instanceof OptionalEntries ? mapOf(value.possible.values, section.key) : section;
  }

  /** Whether anything was looked at that is not known. */
  get touchedUnknown(): boolean {
    return this.#touchedUnknown;
  }

  /**
   * Settles everything anew. Values that were read before are not to be looked at any more.
   */
  begin(circumstances: Circumstances, reading: Reading): void {
    this.#circumstances = circumstances;
    this.#reading = reading;
    this.#round++;
    this.#presences.clear();
    this.#touchedUnknown = false;
    this.#assumesResources = false;
  }

  /** From now on a resource is there unless it is settled that it is not. */
  assumeResources(): void {
    this.#assumesResources = true;
  }

  /** Whether a resource is there. */
  isPresent(resource: Value): boolean {
    const condition = this.#conditions.get(resource);
    if (condition === undefined) return true;
    const circumstances = this.#circumstances;
    if (!circumstances.questions.has(resource))
      circumstances.questions.set(resource, (inquiry) => this.formulas.holds(condition, inquiry));
    const holds = this.formulas.ifSettled(condition, circumstances);
    return holds ?? (this.#assumesResources || this.formulas.holds(condition, circumstances));
  }

  /** What is known about a value; undefined for what stands in the template as it is. */
  background(value: Value): Background | undefined {
    return this.#settled.get(value)?.() ?? this.#background.get(value);
  }

  // --- Building ------------------------------------------------------------------------------------------------------

  /**
   * Puts what is written into a place of the tree. What depends on nothing, and is in its place already, stays itself.
   *
   * @param isInPlace whether the place in the tree is that in the file, so that paths are the same
   */
  #build(written: Value, place: Place, isInPlace: boolean): Value {
    if (isInPlace && place.parent !== null && !this.#dynamic.has(written)) return written;
    if (isCall(written)) return this.#possible(written, place);
    const { start, source } = written;
    const { parent, key } = place;
    if (written.kind === 'list') return this.#list(written.value, written, place, isInPlace);
    if (written.kind === 'map') return this.#map(written, place, isInPlace);
    return this.#noted(makeValue(written.kind, written.value, parent, key, start, source), { written });
  }

  /** Whether a place in the tree is that in the file, for what is put there when it is settled. */
  #standsThere(written: Value, { parent }: Place): boolean {
    if (parent === null) return true;
    return this.#inPlace.has(parent) && this.#background.get(parent)?.written === written.parent;
  }

  #map(written: MapValue, place: Place, isInPlace: boolean): Value {
    const isSection = place.parent?.parent === null && DEPLOYED_SECTIONS.has(place.key);
    const isOpen = isOpenMap(written);
    const isOptional = written.value.values.some((value) => mayBeAbsent(value) || isConditional(value));
    const entries: OptionalEntry[] = [];
    const table = isOptional
      ? new OptionalEntries(entries, () => this.#circumstances.knowledge)
      : new Entries();
    const map = this.#noted(makeValue('map', table, place.parent, place.key, written.start, written.source), {
      written,
      more: isOpen ? 'a transform adds to it when it is deployed' : null,
    });
    if (isInPlace) this.#inPlace.add(map);
    const { values } = written.value;
    for (let at = 0; at < values.length; at++) {
      const value = values[at]!;
      const key = String(value.key);
      const keyStart = keyStartOf(written.value, at, key);
      const child = this.#child(value, map, key, isInPlace && value.parent === written);
      if (isOptional)
        entries.push({ key, keyStart, value: child, isPresent: this.#presence(value, child, isSection) });
      else table.set(key, keyStart, child);
    }
    if (!isOptional) table.trim();
    return isOpen ? this.#watched(map, written, place) : map;
  }

  #child(written: Value, parent: Value, key: string, isInPlace: boolean): Value {
    const isLeft = parent.parent === null && !DEPLOYED_SECTIONS.has(key);
    if (isLeft) return written;
    const place = { parent, key };
    if (!isTransformKey(key)) return this.#build(written, place, isInPlace);
    return this.#watched(
      this.#unknown(written, place, `\`${key}\` is carried out when it is deployed`),
      written,
      place,
    );
  }

  #presence(written: Value, value: Value, isSection: boolean): () => boolean {
    const condition = isSection ? entryOf(written, 'Condition') : undefined;
    if (condition?.kind === 'string') {
      this.#conditions.set(value, condition.value);
      return () => this.isPresent(value);
    }
    return mayBeAbsent(written) ? () => !this.#isAbsent(written) : () => true;
  }

  #list(elements: readonly Value[], written: Value, place: Place, isInPlace: boolean): Value {
    const values: Value[] = [];
    const present = (): Value[] => values.filter((_, at) => !this.#isAbsent(elements[at]!));
    const list = elements.some(mayBeAbsent)
      ? possibleValue(place, written, 'list', () =>
          makeValue('list', present(), place.parent, place.key, written.start, written.source),
        )
      : makeValue('list', values, place.parent, place.key, written.start, written.source);
    this.#noted(list, { written });
    if (isInPlace) this.#inPlace.add(list);
    for (const [index, element] of elements.entries())
      values.push(
        this.#build(element, { parent: list, key: index }, isInPlace && element.parent === written),
      );
    return list;
  }

  #isAbsent(written: Value): boolean {
    const settled = this.#presences.get(written);
    if (settled !== undefined) return !settled;
    if (!mayBeAbsent(written)) return false;
    const circumstances = this.#circumstances;
    const { questions } = circumstances;
    if (!questions.has(written)) questions.set(written, (other) => this.formulas.branch(written, other));
    const branch = this.formulas.branch(written, circumstances);
    const isAbsent = mayBeAbsent(branch) && this.formulas.outcome(branch, circumstances).kind === 'absent';
    this.#presences.set(written, !isAbsent);
    return isAbsent;
  }

  /** A value that somebody should not look at without our knowing. */
  #watched(value: Value, written: Value, place: Place): Value {
    const watched = possibleValue(place, written, undefined, () => {
      this.#touchedUnknown = true;
      return value;
    });
    return this.#noted(watched, this.#background.get(value)!);
  }

  #noted<V extends Value>(value: V, about: Partial<Background> & Pick<Background, 'written'>): V {
    const { written, origins = NO_ORIGINS, text = null, unknown = null, more = null } = about;
    this.#background.set(value, { written, origins, text, unknown, more });
    return value;
  }

  // --- Settling ------------------------------------------------------------------------------------------------------

  #possible(written: Value, place: Place): Value {
    const known: Known = new Map();
    let settledIn = -1;
    let settled: Value | undefined;
    const value = possibleValue(place, written, commonKind(written), () => {
      if (settled === undefined || settledIn !== this.#round) {
        settled = this.#settle(written, place, known);
        settledIn = this.#round;
      }
      const about = this.#background.get(settled);
      if (about !== undefined && isUncertain(about)) this.#touchedUnknown = true;
      return settled;
    });
    this.#settled.set(value, () => {
      return settled === undefined || settledIn !== this.#round ? undefined : this.#background.get(settled);
    });
    return this.#noted(value, { written });
  }

  #settle(written: Value, place: Place, known: Known): Value {
    const circumstances = this.#circumstances;
    const likeness = this.#argumentLikeness(written, place);
    circumstances.questions.set(written, (other) => this.formulas.outcome(written, other, likeness));
    const here = this.formulas.branch(written, circumstances);
    const outcome = this.formulas.outcome(here, circumstances, likeness);
    const knownHere = known.get(here) ?? new Map<unknown, Value>();
    known.set(here, knownHere);
    const remember = (key: unknown, make: () => Value): Value => {
      const value = knownHere.get(key) ?? make();
      knownHere.set(key, value);
      return value;
    };
    const { start, source } = here;
    const at = { ...place, start, source };
    switch (outcome.kind) {
      case 'absent':
        return remember(null, () => makeValue('null', null, place.parent, place.key, start, source));
      case 'written': {
        const { value, origins } = outcome;
        const isHere = value === here;
        return remember(value, () => {
          const built = this.#build(value, place, this.#standsThere(value, place));
          return this.#noted(built, {
            ...this.#background.get(built),
            written: isHere ? value : here,
            origins,
          });
        });
      }
      case 'argument': {
        const { text, isNumber, origins } = outcome;
        return remember(text, () =>
          this.#noted(typedArgument(text, isNumber, at), { written: here, origins }),
        );
      }
      case 'texts': {
        const texts = outcome.items.map(writtenText);
        const origins = [...new Set(outcome.items.flatMap((item) => item.origins))];
        return remember(texts.join('\0'), () => this.#noted(listOf(texts, at), { written: here, origins }));
      }
      case 'text': {
        const { text } = outcome;
        const isWhole = wholeText(text) !== undefined;
        if (!isWhole && this.#reading.keptShapes.has(intrinsicOf(here)?.name ?? ''))
          return this.#unknown(here, place, 'parts of it are not known');
        const string = writtenText(text);
        return remember(string, () =>
          this.#noted(makeValue('string', string, place.parent, place.key, start, source), {
            written: here,
            origins: text.origins,
            text: isWhole ? null : text,
          }),
        );
      }
      case 'unknown':
        return remember(here, () => this.#unknown(here, place, outcome.why));
    }
  }

  /** What a parameter is like that is put into a place. */
  #argumentLikeness({ start, source }: Value, place: Place): ArgumentLikeness | null {
    const likeness = this.#reading.likeness();
    if (likeness === null) return null;
    return (text, isNumber) => likeness(typedArgument(text, isNumber, { ...place, start, source }));
  }

  /** What is not known stays as it is written, for rules that look for references. */
  #unknown(here: Value, { parent, key }: Place, why: string): Value {
    const value = makeValue(here.kind, here.value, parent, key, here.start, here.source);
    // Values inside have what is written as their parent.
    this.#noted(here, { written: here, unknown: why });
    return this.#noted(value, { written: here, unknown: why });
  }
}

// --- What is written ---------------------------------------------------------------------------------------------------

/** What one look at everything finds. */
interface Survey {
  /** The values that depend on circumstances, or hold some that do. */
  readonly dynamic: ReadonlySet<Value>;
  /** In the order of the file. */
  readonly calls: readonly Intrinsic[];
}

function surveyOf(root: Value): Survey {
  const dynamic = new Set<Value>();
  const calls: Intrinsic[] = [];
  const addAll = (value: Value): void => {
    dynamic.add(value);
    childrenOf(value).forEach(addAll);
  };
  const visit = (value: Value): boolean => {
    if (value.kind !== 'map' && value.kind !== 'list') {
      const found = isDynamicText(value);
      if (found) dynamic.add(value);
      return found;
    }
    const call = intrinsicOf(value);
    if (call !== undefined) calls.push(call);
    let found = call !== undefined || isOpenMap(value) || isConditional(value);
    for (const child of childrenOf(value)) if (visit(child)) found = true;
    if (!found) return false;
    dynamic.add(value);
    // What is in a container or the like is told by its name, which only the tree knows.
    const name = entryOf(value, 'Name');
    if (name !== undefined && isCall(name)) addAll(value);
    return true;
  };
  visit(root);
  return { dynamic, calls };
}

function childrenOf(value: Value): readonly Value[] {
  if (value.kind === 'list') return value.value;
  return value.kind === 'map' ? value.value.values : [];
}

/** Whether a template holds anything that is not simply what it says. */
export function hasIntrinsics(root: Value): boolean {
  const sections = root.kind === 'map' ? root.value.values : [];
  return sections.some((section) => {
    if (!DEPLOYED_SECTIONS.has(section.key) || section.kind !== 'map') return false;
    return section.value.values.some(isConditional) || holdsCall(section);
  });
}

function holdsCall(value: Value): boolean {
  if (isCall(value) || isOpenMap(value)) return true;
  if (value.kind === 'list') return value.value.some(holdsCall);
  return value.kind === 'map' && value.value.values.some(holdsCall);
}

function isCall(value: Value): boolean {
  return isDynamicText(value) || intrinsicOf(value) !== undefined;
}

function isDynamicText(value: Value): boolean {
  return value.kind === 'string' && hasDynamicReference(value.value);
}

/** Whether a resource or output is there under a condition only. */
function isConditional(value: Value): boolean {
  const section = value.parent;
  if (section === null || section.parent?.parent !== null || !DEPLOYED_SECTIONS.has(section.key))
    return false;
  return entryOf(value, 'Condition')?.kind === 'string';
}

/** Whether a property or list element goes away under some circumstances. */
function mayBeAbsent(value: Value): boolean {
  const call = intrinsicOf(value);
  if (call === undefined) return false;
  if (call.name === 'Fn::If')
    return [1, 2].some((at) => {
      const branch = elementOf(call.argument, at);
      return branch !== undefined && mayBeAbsent(branch);
    });
  return referredName(value) === NO_VALUE;
}

/** The kind of all branches, if they agree. */
function commonKind(value: Value): Kind | undefined {
  const call = intrinsicOf(value);
  if (call === undefined) return value.kind;
  // A condition that is none has no branch: such a call stays as it is written.
  if (call.name !== 'Fn::If' || elementOf(call.argument, 0)?.kind !== 'string') return undefined;
  const branches = [elementOf(call.argument, 1), elementOf(call.argument, 2)];
  const [first, second] = branches.map((branch) => {
    if (branch === undefined) return undefined;
    return referredName(branch) === NO_VALUE ? 'none' : commonKind(branch);
  });
  if (first === 'none') return second === 'none' ? undefined : second;
  return second === 'none' || first === second ? first : undefined;
}

/** Where the key of a value stands; keys that are there twice have one value. */
function keyStartOf({ keys, keyStarts }: Entries, at: number, key: string): number {
  return keyStarts[keys[at] === key ? at : keys.indexOf(key)] ?? -1;
}

/** A map without a place. */
function mapOf(values: readonly Value[], key: Value['key']): Value {
  const entries = new Entries();
  for (const value of values) entries.set(String(value.key), -1, value);
  return makeValue('map', entries, null, key, -1, null);
}

function listOf(
  texts: readonly string[],
  { parent, key, start, source }: Place & Pick<Value, 'start' | 'source'>,
): Value {
  const elements: Value[] = [];
  const list = makeValue('list', elements, parent, key, start, source);
  for (const [index, text] of texts.entries())
    elements.push(makeValue('string', text, list, index, start, source));
  return list;
}
