import type { Random } from '../../support/random.ts';
import { COMMON_WORDS } from './words.ts';

const TOKEN = /%?\w[\w:]*|"[^"]*"|'[^']*'|\/[^/\n]+\/|[^\s\w]|\s+/g;

/** A text with a few of its tokens dropped, doubled, swapped, or replaced by others of it or of its language. */
export function mutate(random: Random, text: string): string {
  const tokens = text.match(TOKEN) ?? [];
  for (let count = 1 + random.below(3); count > 0 && tokens.length > 1; count--) {
    const at = random.below(tokens.length);
    const other = random.below(tokens.length);
    const token = tokens[at] ?? '';
    random.pick([
      () => tokens.splice(at, 1),
      () => tokens.splice(at, 0, token, ' '),
      () => tokens.splice(at, 1, tokens[other] ?? ''),
      () => tokens.splice(at, 1, random.pick(COMMON_WORDS)),
      () => tokens.splice(at, 1, random.pick(COMMON_WORDS)),
    ])();
  }
  return tokens.join('');
}
