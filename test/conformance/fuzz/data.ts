import type { Random } from '../../support/random.ts';
import { KEYS, STRINGS, TYPES } from './vocabulary.ts';

/** The text of a random document: half of them CloudFormation templates, all in JSON, which is YAML too. */
export function randomData(random: Random): string {
  const document = random.chance(0.5) ? template(random) : map(random, 3);
  return JSON.stringify(document, null, random.chance(0.5) ? 2 : undefined);
}

function template(random: Random): object {
  const names = ['One', 'Two', 'Three'].slice(0, random.below(4));
  const resources = names.map((name) => {
    const properties = random.chance(0.9) ? { Properties: map(random, 3) } : {};
    return [name, { Type: random.pick(TYPES), ...properties }];
  });
  return { ...(random.chance(0.2) ? map(random, 1) : {}), Resources: Object.fromEntries(resources) };
}

function map(random: Random, depth: number): object {
  const keys = KEYS.filter((key) => key !== 'Type' && random.chance(0.4));
  return Object.fromEntries(keys.map((key) => [key, node(random, depth - 1)]));
}

function node(random: Random, depth: number): unknown {
  if (depth > 0 && random.chance(0.55)) {
    if (random.chance(0.5)) return map(random, depth);
    return Array.from({ length: random.below(4) }, () => node(random, depth - 1));
  }
  return random.pick([
    () => random.pick(STRINGS),
    () => random.pick(STRINGS),
    () => random.below(20) - 3,
    () => random.below(40) / 8,
    () => random.chance(0.5),
    () => null,
  ])();
}
