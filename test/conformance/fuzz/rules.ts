import type { Random } from '../../support/random.ts';
import { KEYS, RULE_NAMES, STRINGS, TYPES, VARIABLES } from './vocabulary.ts';

/** The text of a random rule file that follows the grammar. Whether its names exist is left to chance. */
export function randomRules(random: Random): string {
  return new RuleWriter(random).file();
}

const COMPARATORS = ['==', '!=', '>', '<', '>=', '<=', 'in', 'not in', '!in', '=='] as const;
const UNARY = [
  ...[
    'exists',
    '!exists',
    'not exists',
    'empty',
    '!empty',
    'is_string',
    '!is_string',
    'is_list',
    'is_struct',
  ],
  ...['is_bool', 'is_int', 'is_float', 'is_null', '!is_null'],
] as const;

class RuleWriter {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  file(): string {
    const random = this.#random;
    const parts = this.#times(random.below(3), () => this.#assignment(2));
    if (random.chance(0.25)) parts.push(`rule check(p) {\n${this.#block(1, ['p', ...VARIABLES])}\n}`);
    if (random.chance(0.25)) parts.push(...this.#times(1 + random.below(2), () => this.#clause(2)));
    if (random.chance(0.2)) parts.push(this.#typeBlock());
    const names = RULE_NAMES.slice(0, 1 + random.below(RULE_NAMES.length));
    for (const name of names) {
      const when = random.chance(0.3) ? ` when ${this.#conditions()}` : '';
      parts.push(`rule ${name}${when} {\n${this.#ruleBody()}\n}`);
    }
    return `${parts.join('\n')}\n`;
  }

  #ruleBody(): string {
    const random = this.#random;
    const lines = this.#times(random.below(2), () => this.#assignment(1));
    for (let count = 1 + random.below(3); count > 0; count--) {
      lines.push(
        this.#choose([
          [6, () => this.#clause(2)],
          [1, () => this.#typeBlock()],
          [1, () => `${random.chance(0.3) ? 'not ' : ''}${random.pick(RULE_NAMES)}${this.#message()}`],
          [1, () => `check(${this.#argument()})${this.#message()}`],
          [1, () => `when ${this.#conditions()} {\n${this.#block(1)}\n}`],
        ]),
      );
    }
    return lines.join('\n');
  }

  #typeBlock(): string {
    const when = this.#random.chance(0.3) ? ` when ${this.#conditions()}` : '';
    return `${this.#random.pick(TYPES)}${when} {\n${this.#block(1)}\n}`;
  }

  #block(depth: number, variables: readonly string[] = VARIABLES): string {
    const lines = this.#times(this.#random.below(2), () => this.#assignment(1));
    lines.push(...this.#times(1 + this.#random.below(2), () => this.#clause(depth, variables)));
    return lines.join('\n');
  }

  #conditions(): string {
    return this.#times(1 + this.#random.below(2), () => this.#simple(1)).join(
      this.#random.chance(0.5) ? '\n' : ' or ',
    );
  }

  #assignment(depth: number): string {
    const value = this.#choose([
      [4, () => this.#query(depth)],
      [3, () => this.#literal(1)],
      [2, () => this.#call()],
    ]);
    return `let ${this.#random.pick(VARIABLES)} = ${value}`;
  }

  #clause(depth: number, variables: readonly string[] = VARIABLES): string {
    const random = this.#random;
    if (depth > 0 && random.chance(0.2)) {
      const notEmpty = random.chance(0.2) ? ' !empty' : '';
      return `${this.#query(depth, variables)}${notEmpty} {\n${this.#block(depth - 1, variables)}\n}`;
    }
    const count = random.chance(0.25) ? 2 : 1;
    return this.#times(count, () => this.#simple(depth, variables)).join(' or ');
  }

  #simple(depth: number, variables: readonly string[] = VARIABLES): string {
    const random = this.#random;
    const not = random.chance(0.08) ? 'not ' : '';
    const query = this.#query(depth, variables);
    const test = random.chance(0.4)
      ? random.pick(UNARY)
      : `${random.pick(COMPARATORS)} ${this.#right(depth)}`;
    return `${not}${query} ${test}${this.#message()}`;
  }

  #right(depth: number): string {
    return this.#choose([
      [7, () => this.#literal(1)],
      [2, () => this.#query(depth)],
      [1, () => this.#call()],
    ]);
  }

  #message(): string {
    const random = this.#random;
    if (!random.chance(0.2)) return '';
    return random.pick([' <<must hold>>', ' <<Violation: no\n  Fix: yes>>', ' <<é; ü>>']);
  }

  #argument(): string {
    return this.#random.chance(0.5) ? this.#literal(0) : this.#query(1);
  }

  #call(): string {
    const query = () => this.#query(1);
    return this.#choose([
      [2, () => `count(${query()})`],
      [1, () => `to_lower(${query()})`],
      [1, () => `to_upper(${query()})`],
      [1, () => `join(${query()}, ",")`],
      [1, () => `substring(${query()}, 0, ${this.#random.below(4)})`],
      [1, () => `regex_replace(${query()}, "^(\\w)(.*)$", "\${2}\${1}")`],
      [1, () => `url_decode(${query()})`],
      [1, () => `json_parse(${query()})`],
      [1, () => `parse_int(${query()})`],
      [1, () => `parse_string(${query()})`],
      [1, () => `parse_boolean(${query()})`],
      [1, () => `parse_float(${query()})`],
      [1, () => `parse_char(${query()})`],
    ]);
  }

  #query(depth: number, variables: readonly string[] = VARIABLES): string {
    const random = this.#random;
    const some = random.chance(0.12) ? 'some ' : '';
    const start = this.#choose([
      [4, () => random.pick(KEYS)],
      [2, () => `%${random.pick(variables)}`],
      [2, () => 'Resources.*'],
      [1, () => 'this'],
    ]);
    return `${some}${start}${this.#times(random.below(4), () => this.#part(depth)).join('')}`;
  }

  #part(depth: number): string {
    const random = this.#random;
    const capture = () => (random.chance(0.15) ? `${random.pick(VARIABLES)} | ` : '');
    return this.#choose([
      [8, () => `.${random.pick(KEYS)}`],
      [2, () => '.*'],
      [3, () => '[*]'],
      [1, () => `[${random.below(3)}]`],
      [1, () => `.${random.below(2)}`],
      [1, () => `.%${random.pick(VARIABLES)}`],
      [depth > 0 ? 2 : 0, () => `[ ${capture()}${this.#simple(depth - 1)} ]`],
      [1, () => `[ ${capture()}keys ${random.pick(['==', '!=', 'in', 'not in'])} ${this.#keyTest()} ]`],
    ]);
  }

  #keyTest(): string {
    return this.#random.pick(['/a/', '"name"', '["a", "b"]', '%names', '/^[A-Z]/']);
  }

  #literal(depth: number): string {
    const random = this.#random;
    return this.#choose([
      [5, () => JSON.stringify(random.pick(STRINGS.filter((text) => !text.includes('"'))))],
      [3, () => String(random.below(20) - 3)],
      [2, () => random.pick(['0.5', '1.25', '10.0', '3.0'])],
      [2, () => random.pick(['true', 'false', 'True', 'null', 'NULL'])],
      [2, () => random.pick(['/web/', '/^a/', '/(?i)WEB/', '/\\d+$/', '/(?!x)e/'])],
      [1, () => random.pick(['r[1, 10]', 'r(0, 5]', 'r[0.5, 2.5)', 'r(a, e)'])],
      [
        depth > 0 ? 3 : 0,
        () => `[${this.#times(random.below(4), () => this.#literal(depth - 1)).join(', ')}]`,
      ],
      [depth > 0 ? 1 : 0, () => `{ ${random.pick(KEYS)}: ${this.#literal(depth - 1)} }`],
    ]);
  }

  #times(count: number, make: () => string): string[] {
    return Array.from({ length: count }, make);
  }

  /** One of several ways to go on, by weight. */
  #choose(ways: readonly (readonly [number, () => string])[]): string {
    const total = ways.reduce((sum, [weight]) => sum + weight, 0);
    let at = this.#random.next() * total;
    for (const [weight, make] of ways) {
      at -= weight;
      if (at < 0) return make();
    }
    return '';
  }
}
