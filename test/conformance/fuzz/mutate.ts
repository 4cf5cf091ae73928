import fc from 'fast-check';
import { COMMON_WORDS } from './words.ts';

const TOKEN = /%?\w[\w:]*|"[^"]*"|'[^']*'|\/[^/\n]+\/|[^\s\w]|\s+/g;

/** A text with a few of its tokens dropped, doubled, swapped, or replaced by others of it or of its language. */
export function mutated(text: string): fc.Arbitrary<string> {
  const place = fc.nat({ max: 1_000_000 });
  const way = fc.constantFrom('drop', 'double', 'replace', 'foreign', 'foreign');
  const change = fc.record({ way, at: place, from: place, word: fc.constantFrom(...COMMON_WORDS) });
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
    const tokens = text.match(TOKEN) ?? [];
    for (const { way, at, from, word } of changes) {
      if (tokens.length < 2) break;
      const index = at % tokens.length;
      if (way === 'drop') tokens.splice(index, 1);
      else if (way === 'double') tokens.splice(index, 0, tokens[index]!, ' ');
      else tokens.splice(index, 1, way === 'foreign' ? word : tokens[from % tokens.length]!);
    }
    return tokens.join('');
  });
}
