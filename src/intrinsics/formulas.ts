import { displayForm } from '../value/display.ts';
import type { ListValue, Value } from '../value/value.ts';
import { type Circumstances, IMPOSSIBLE, type Inquiry, itself } from './circumstances.ts';
import {
  elementOf,
  entryOf,
  type Intrinsic,
  intrinsicOf,
  NO_VALUE,
  referredName,
  scalarText,
} from './intrinsic.ts';
import {
  ABSENT,
  concatenated,
  type Gap,
  type Origin,
  type Outcome,
  type Text,
  wholeText,
} from './outcome.ts';
import { type Option, openComparison, type Variable, variablesOf } from './variables.ts';

/** What a text that a parameter may be is like: where this is the same, it makes no difference which one it is. */
export type ArgumentLikeness = (text: string, isNumber: boolean) => unknown;

/** Computes conditions and intrinsic functions of one template, as CloudFormation does when it deploys it. */
export class Formulas {
  readonly #root: Value;
  readonly #variables: ReadonlyMap<string, Variable>;
  readonly #comparisons = new Map<string, Variable>();
  readonly #running = new Set<string>();
  /** Conditions that were asked for by other parts of the template than conditions. */
  readonly asked = new Set<string>();
  /** Parameters that values were taken from, and those that conditions asked for. */
  readonly given = new Set<Variable>();
  readonly compared = new Set<Variable>();

  /** @param calls all that are in the template */
  constructor(root: Value, calls: readonly Intrinsic[]) {
    this.#root = root;
    this.#variables = variablesOf(root, calls);
  }

  /** Forgets what was asked. */
  forget(): void {
    for (const noted of [this.asked, this.given, this.compared]) noted.clear();
  }

  /** Whether the condition of that name holds. One that nobody can compute, or that is not there, may or may not. */
  holds(name: string, inquiry: Inquiry): boolean {
    if (this.#running.size === 0) this.asked.add(name);
    const known = inquiry.truths.get(name);
    if (known !== undefined) return known;
    const holds = this.#isTrueByName(name, inquiry);
    inquiry.truths.set(name, holds);
    return holds;
  }

  /** Whether the condition of that name holds, if that follows from what is settled already. */
  ifSettled(name: string, circumstances: Circumstances): boolean | undefined {
    return circumstances.ifSettled((inquiry) => this.holds(name, inquiry), name);
  }

  /**
   * What a value comes to. The inside of lists and maps is left as it is written.
   *
   * @param likeness of what parameters give as it is
   */
  outcome(value: Value, inquiry: Inquiry, likeness: ArgumentLikeness | null = null): Outcome {
    const call = intrinsicOf(value);
    if (call === undefined) return literal(value);
    const { name, argument } = call;
    switch (name) {
      case 'Ref':
        return argument.kind === 'string'
          ? this.#reference(argument.value, inquiry, likeness)
          : unknown(name);
      case 'Fn::If': {
        const branch = this.branch(value, inquiry);
        return branch === value ? unknown(name) : this.outcome(branch, inquiry, likeness);
      }
      case 'Fn::FindInMap':
        return this.#lookUp(argument, inquiry);
      case 'Fn::Sub':
        return this.#substituted(argument, inquiry);
      case 'Fn::Join':
        return this.#joined(argument, inquiry);
      case 'Fn::Select':
        return this.#selected(argument, inquiry);
      case 'Fn::Split':
        return this.#split(argument, inquiry);
      case 'Condition':
        return { kind: 'unknown', why: '`Condition` has no value outside of conditions' };
      default:
        return unknown(name);
    }
  }

  /** What stands in the branch of `Fn::If` that is taken, however deep these are nested; any other value is itself. */
  branch(value: Value, inquiry: Inquiry): Value {
    const call = intrinsicOf(value);
    const condition = call?.name === 'Fn::If' ? elementOf(call.argument, 0) : undefined;
    if (call === undefined || condition?.kind !== 'string') return value;
    const branch = elementOf(call.argument, this.holds(condition.value, inquiry) ? 1 : 2);
    return branch === undefined ? value : this.branch(branch, inquiry);
  }

  // --- Conditions ----------------------------------------------------------------------------------------------------

  #isTrueByName(name: string, inquiry: Inquiry): boolean {
    const expression = entryOf(entryOf(this.#root, 'Conditions'), name);
    if (expression === undefined || this.#running.has(name))
      return this.#undecided(`condition ${name}`, inquiry);
    this.#running.add(name);
    try {
      return this.#isTrue(expression, inquiry);
    } finally {
      this.#running.delete(name);
    }
  }

  #isTrue(expression: Value, inquiry: Inquiry): boolean {
    const named =
      expression.kind === 'map' && expression.value.size === 1 ? entryOf(expression, 'Condition') : undefined;
    if (named?.kind === 'string') return this.holds(named.value, inquiry);
    const call = intrinsicOf(expression);
    const operands = call?.argument.kind === 'list' ? call.argument.value : [];
    switch (call?.name) {
      case 'Fn::And':
        return operands.every((operand) => this.#isTrue(operand, inquiry));
      case 'Fn::Or':
        return operands.some((operand) => this.#isTrue(operand, inquiry));
      case 'Fn::Not':
        if (operands[0] !== undefined) return !this.#isTrue(operands[0], inquiry);
        break;
      case 'Fn::Equals':
        if (operands[0] !== undefined && operands[1] !== undefined)
          return this.#areEqual(operands[0], operands[1], inquiry);
    }
    return this.#undecided(displayForm(expression), inquiry);
  }

  #areEqual(left: Value, right: Value, inquiry: Inquiry): boolean {
    const asked = this.#askedDirectly(left, right) ?? this.#askedDirectly(right, left);
    if (asked !== undefined) return this.#asked(asked.variable, inquiry)(({ text }) => text === asked.text);
    const both = this.#variablesOf(left, right);
    if (both !== undefined) return this.#agree(...both, inquiry);
    const [one, other] = [this.#text(left, inquiry), this.#text(right, inquiry)].map(
      (text) => text && wholeText(text),
    );
    if (one !== undefined && other !== undefined) return one === other;
    const [first, second] = [displayForm(left), displayForm(right)].sort();
    return first === second || this.#undecided(`${first} == ${second}`, inquiry);
  }

  /** A parameter against a text only divides its values in two. */
  #askedDirectly(reference: Value, other: Value): { variable: Variable; text: string } | undefined {
    const variable = this.#variables.get(referredName(reference) ?? '');
    const text = scalarText(other);
    return variable === undefined || variable.gives === 'list' || text === undefined
      ? undefined
      : { variable, text };
  }

  #variablesOf(left: Value, right: Value): [Variable, Variable] | undefined {
    const [one, other] = [left, right].map((value) => this.#variables.get(referredName(value) ?? ''));
    return one?.gives === 'list' || other?.gives === 'list' || one === undefined || other === undefined
      ? undefined
      : [one, other];
  }

  /** Whether two parameters have the same value. What is none of the options of one cannot be an option of it. */
  #agree(one: Variable, other: Variable, inquiry: Inquiry): boolean {
    const [first, second] = [one, other].map((variable) =>
      this.#asked(variable, inquiry)(({ text }) => text),
    );
    if (one === other || (first !== null && second !== null)) return first === second;
    const [anything, text] = first === null ? [one, second] : [other, first];
    if (text !== null && anything.options.some((option) => option.text === text)) return false;
    return this.#undecided([one.name, other.name].sort().join(' == '), inquiry);
  }

  #undecided(name: string, inquiry: Inquiry): boolean {
    const comparison = this.#comparisons.get(name) ?? openComparison(name);
    this.#comparisons.set(name, comparison);
    return inquiry.ask(comparison, ({ text }) => text === 'true');
  }

  /** Asks, and notes what for. */
  #asked(
    variable: Variable,
    inquiry: Inquiry,
  ): <T>(answer: (option: Option) => T, likeness?: (option: Option) => unknown) => T {
    (this.#running.size === 0 ? this.given : this.compared).add(variable);
    return (answer, likeness) => inquiry.ask(variable, answer, likeness);
  }

  // --- References ----------------------------------------------------------------------------------------------------

  #reference(name: string, inquiry: Inquiry, likeness: ArgumentLikeness | null = null): Outcome {
    if (name === NO_VALUE) return ABSENT;
    const variable = this.#variables.get(name);
    if (variable === undefined) return { kind: 'unknown', why: this.#strangerWords(name) };
    if (variable.secret !== null) return { kind: 'unknown', why: secretWords(variable) };
    const option = this.#asked(variable, inquiry)(itself, likenessOf(variable, likeness));
    const { text, at } = option;
    if (text === null || at === null) return unsettledReference(variable);
    const origins = [{ words: argumentWords(variable, option), text, at }];
    if (variable.gives !== 'list')
      return { kind: 'argument', text, isNumber: variable.gives === 'number', origins };
    const items = text.split(',').map((item) => ({ parts: [item.trim()], origins }));
    return { kind: 'texts', items };
  }

  /** Placeholders of other programs have names of more than letters and digits. */
  #strangerWords(name: string): string {
    // The one of an attribute comes first: `Task.Arn` in `Fn::Sub`.
    const resource = name.split('.')[0] ?? name;
    if (entryOf(entryOf(this.#root, 'Resources'), resource) !== undefined)
      return `it is made when \`${resource}\` is deployed`;
    return /^[\w.]+$/.test(name)
      ? `the template has neither a parameter nor a resource \`${resource}\``
      : `\`${name}\` is filled in before it is deployed`;
  }

  #lookUp(argument: Value, inquiry: Inquiry): Outcome {
    const fallback = entryOf(elementOf(argument, 3), 'DefaultValue');
    const mappings = entryOf(this.#root, 'Mappings');
    let found = mappings;
    const path: string[] = [];
    let isMissing = false;
    for (let level = 0; level < 3 && found !== undefined; level++) {
      const key = this.#key(elementOf(argument, level), found, fallback !== undefined, inquiry);
      found = key === undefined ? undefined : entryOf(found, key);
      isMissing = key !== undefined && found === undefined;
      if (key !== undefined) path.push(key);
    }
    if (found !== undefined && path.length === 3) {
      const [mapping, ...keys] = path;
      const words = `mapping \`${mapping}\`, ${keys.map(quoted).join(', ')}`;
      return { kind: 'written', value: found, origins: [{ words, at: found }] };
    }
    if (fallback !== undefined) return this.outcome(fallback, inquiry);
    return isMissing
      ? { kind: 'unknown', why: `there is no ${path.map(quoted).join(', ')} in the mappings` }
      : unknown('Fn::FindInMap');
  }

  /** The key that `value` is; where a parameter chooses it, a deployment needs one that is there. */
  #key(value: Value | undefined, map: Value, mayBeMissing: boolean, inquiry: Inquiry): string | undefined {
    if (value === undefined) return undefined;
    const variable = this.#variables.get(referredName(value) ?? '');
    if (variable !== undefined && variable.secret === null && variable.gives !== 'list') {
      const key = this.#asked(
        variable,
        inquiry,
      )<string | symbol>(({ text }) => {
        if (text !== null && entryOf(map, text) !== undefined) return text;
        return mayBeMissing ? '' : IMPOSSIBLE;
      });
      return typeof key === 'string' ? key : undefined;
    }
    const text = this.#text(value, inquiry);
    return text === undefined ? undefined : wholeText(text);
  }

  // --- Texts and lists -----------------------------------------------------------------------------------------------

  /** A value as text, with gaps where it is not known; undefined for lists and maps. */
  #text(value: Value, inquiry: Inquiry): Text | undefined {
    return asText(this.outcome(value, inquiry), value);
  }

  #substituted(argument: Value, inquiry: Inquiry): Outcome {
    const pattern = argument.kind === 'list' ? elementOf(argument, 0) : argument;
    if (pattern?.kind !== 'string') return unknown('Fn::Sub');
    const own = elementOf(argument, 1);
    const texts = pattern.value.split(/(\$\{[^}]*\})/).map((piece): Text => {
      const name = /^\$\{([^}]*)\}$/.exec(piece)?.[1];
      if (name === undefined) return { parts: [piece], origins: [] };
      if (name.startsWith('!')) return { parts: [`\${${name.slice(1)}}`], origins: [] };
      const value = entryOf(own, name.trim());
      const outcome =
        value === undefined ? this.#reference(name.trim(), inquiry) : this.outcome(value, inquiry);
      if (outcome.kind === 'absent') return { parts: [], origins: [] };
      return asText(outcome, value) ?? gap(piece, 'it is a list');
    });
    return textOutcome(concatenated(texts));
  }

  #joined(argument: Value, inquiry: Inquiry): Outcome {
    const delimiter = elementOf(argument, 0);
    const list = elementOf(argument, 1);
    if (delimiter?.kind !== 'string' || list === undefined) return unknown('Fn::Join');
    const items = this.#texts(list, inquiry);
    if (items === undefined) return unknown('Fn::Join');
    const between: Text = { parts: [delimiter.value], origins: [] };
    return textOutcome(
      concatenated(items.flatMap((item, index) => (index === 0 ? [item] : [between, item]))),
    );
  }

  #split(argument: Value, inquiry: Inquiry): Outcome {
    const delimiter = elementOf(argument, 0);
    const source = elementOf(argument, 1);
    const text = source === undefined ? undefined : this.#text(source, inquiry);
    const whole = text === undefined ? undefined : wholeText(text);
    if (delimiter?.kind !== 'string' || delimiter.value === '' || text === undefined || whole === undefined)
      return unknown('Fn::Split');
    const { origins } = text;
    return { kind: 'texts', items: whole.split(delimiter.value).map((item) => ({ parts: [item], origins })) };
  }

  #selected(argument: Value, inquiry: Inquiry): Outcome {
    const position = elementOf(argument, 0);
    const index = position === undefined ? undefined : this.#text(position, inquiry);
    const list = elementOf(argument, 1);
    const at = Number((index && wholeText(index)) ?? Number.NaN);
    if (list === undefined || !Number.isInteger(at)) return unknown('Fn::Select');
    const outcome = this.outcome(list, inquiry);
    if (outcome.kind === 'written' && outcome.value.kind === 'list') {
      const element = this.#present(outcome.value, inquiry)[at];
      return element === undefined ? unknown('Fn::Select') : withOrigins(element.outcome, outcome.origins);
    }
    const item = outcome.kind === 'texts' ? outcome.items[at] : undefined;
    return item === undefined ? unknown('Fn::Select') : textOutcome(item);
  }

  #texts(list: Value, inquiry: Inquiry): readonly Text[] | undefined {
    const outcome = this.outcome(list, inquiry);
    if (outcome.kind === 'texts') return outcome.items;
    if (outcome.kind !== 'written' || outcome.value.kind !== 'list') return undefined;
    const texts = this.#present(outcome.value, inquiry).map((element) =>
      asText(element.outcome, element.value),
    );
    return texts.every((text) => text !== undefined) ? texts : undefined;
  }

  /** What the elements come to that are there. Functions may be nested deep, so each is worked out once. */
  #present(
    list: ListValue,
    inquiry: Inquiry,
  ): readonly { readonly value: Value; readonly outcome: Outcome }[] {
    return list.value
      .map((value) => ({ value, outcome: this.outcome(value, inquiry) }))
      .filter(({ outcome }) => outcome.kind !== 'absent');
  }
}

// --- Outcomes ----------------------------------------------------------------------------------------------------------

const DYNAMIC_REFERENCE = /(\{\{resolve:[^}]*\}\})/;

/** Whether a text holds a reference that CloudFormation resolves when it deploys. */
export function hasDynamicReference(text: string): boolean {
  return DYNAMIC_REFERENCE.test(text);
}

function literal(value: Value): Outcome {
  if (value.kind !== 'string' || !hasDynamicReference(value.value))
    return { kind: 'written', value, origins: [] };
  const why = 'it is a dynamic reference';
  const parts = value.value
    .split(DYNAMIC_REFERENCE)
    .filter((part) => part !== '')
    .map((part) => (hasDynamicReference(part) ? { written: part, pseudo: null, why } : part));
  return textOutcome({ parts, origins: [] });
}

/** A text of nothing but gaps is not known, unless what fills them has a known form. */
function textOutcome(text: Text): Outcome {
  const gaps = text.parts.filter((part): part is Gap => typeof part !== 'string');
  const opaque = gaps.find(({ pseudo }) => pseudo === null);
  if (gaps.length < text.parts.length || opaque === undefined) return { kind: 'text', text };
  return { kind: 'unknown', why: opaque.why };
}

/** @param value what the outcome is of, if that is written anywhere */
function asText(outcome: Outcome, value: Value | undefined): Text | undefined {
  switch (outcome.kind) {
    case 'text':
      return outcome.text;
    case 'argument':
      return { parts: [outcome.text], origins: outcome.origins };
    case 'written': {
      const text = scalarText(outcome.value);
      return text === undefined ? undefined : { parts: [text], origins: outcome.origins };
    }
    case 'unknown':
      return gap(gapText(value), outcome.why);
    default:
      return undefined;
  }
}

function gap(written: string, why: string): Text {
  return { parts: [{ written, pseudo: null, why }], origins: [] };
}

/** A call in the form that `Fn::Sub` has for it. */
function gapText(value: Value | undefined): string {
  const call = value === undefined ? undefined : intrinsicOf(value);
  if (call === undefined) return '${…}';
  const { argument } = call;
  if (argument.kind === 'string') return `\${${argument.value}}`;
  const names = argument.kind === 'list' && call.name === 'Fn::GetAtt' ? argument.value.map(scalarText) : [];
  return names.length > 0 ? `\${${names.join('.')}}` : `\${${call.name}}`;
}

function unknown(functionName: string): Outcome {
  return { kind: 'unknown', why: `\`${functionName}\` is computed when it is deployed` };
}

function withOrigins(outcome: Outcome, origins: readonly Origin[]): Outcome {
  if (origins.length === 0) return outcome;
  return outcome.kind === 'written' ? { ...outcome, origins: [...origins, ...outcome.origins] } : outcome;
}

/** What an option is like; undefined where each is different. */
function likenessOf(
  { gives }: Variable,
  likeness: ArgumentLikeness | null,
): ((option: Option) => unknown) | undefined {
  if (likeness === null || gives === 'list') return undefined;
  return (option) =>
    option.text === null || option.at === null ? option : likeness(option.text, gives === 'number');
}

function unsettledReference({ name, options }: Variable): Outcome {
  if (name.startsWith('AWS::')) {
    const why = `\`${name}\` depends on where it is deployed`;
    if (name === 'AWS::NotificationARNs') return { kind: 'unknown', why };
    return { kind: 'text', text: { parts: [{ written: `\${${name}}`, pseudo: name, why }], origins: [] } };
  }
  const why = options.length > 1 ? 'may be given any other value' : 'has no default';
  return { kind: 'unknown', why: `parameter \`${name}\` ${why}` };
}

function secretWords({ name, secret }: Variable): string {
  return secret === 'NoEcho'
    ? `parameter \`${name}\` is hidden by NoEcho`
    : `parameter \`${name}\` is read from Systems Manager`;
}

function argumentWords({ name }: Variable, { origin }: Option): string {
  const role = { default: ' default', allowed: ' allowed value', mentioned: '' }[origin];
  return `parameter \`${name}\`,${role}`;
}

function quoted(text: string): string {
  return `'${text}'`;
}
