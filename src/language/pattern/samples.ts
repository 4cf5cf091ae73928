import { compilePattern } from '../pattern.ts';
import { printSet } from './javascript.ts';
import type { CharacterSet, Node } from './node.ts';
import { parsePattern } from './parse.ts';

/** So many alternatives of a pattern are followed. */
const MOST_SAMPLES = 16;

/**
 * Short texts that a pattern matches, one for each of its alternatives. It may be that none is found, for a pattern with
 * look-around and the like.
 *
 * @param text a valid pattern
 */
export function samplesOf(text: string): readonly string[] {
  const pattern = compilePattern(text);
  const samples = samplesOfNode(parsePattern(text).root);
  return [...new Set(samples)].filter((sample) => pattern?.test(sample));
}

function samplesOfNode(node: Node): readonly string[] {
  switch (node.kind) {
    case 'character':
      return [String.fromCodePoint(node.codePoint)];
    case 'any':
      return ['x'];
    case 'set':
      return [memberOf(node.set)];
    case 'group':
    case 'atomic':
      return samplesOfNode(node.item);
    case 'repeat':
      return samplesOfNode(node.item).map((sample) => sample.repeat(node.min));
    case 'alternatives':
      return node.items.flatMap(samplesOfNode).slice(0, MOST_SAMPLES);
    case 'concatenation':
      return node.items.reduce<readonly string[]>(
        (heads, item) => {
          const tails = samplesOfNode(item);
          return heads.flatMap((head) => tails.map((tail) => head + tail)).slice(0, MOST_SAMPLES);
        },
        [''],
      );
    default:
      return [''];
  }
}

/** Characters that texts in templates consist of. */
const USUAL = [...'a0A_-./: @=,x1Z'];

function memberOf(set: CharacterSet): string {
  if (set.kind === 'range') return String.fromCodePoint(set.from);
  const member = new RegExp(`^${printSet(set)}$`, 'v');
  return USUAL.find((character) => member.test(character)) ?? firstOf(set);
}

function firstOf(set: CharacterSet): string {
  if (set.kind === 'union' && !set.negated && set.items[0] !== undefined) return memberOf(set.items[0]);
  return '';
}
