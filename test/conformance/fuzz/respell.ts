import type fc from 'fast-check';
import { Choices, decisions } from '../../properties/arbitraries/choices.ts';

const SCALARS = [
  ...['yes', 'off', '~', '017', '1e3', '.5', '9223372036854775807', '9223372036854775808', '2024-01-02'],
  ...['!Ref a', '!Sub "x"', '!GetAtt a.b', '!Join [a, [b]]', '!!int 5', '&x 1'],
  ...["'it''s'", '"\\u0085"', 'two\n  lines'],
] as const;
const BREAKS = ['\r\n', '\r', '\u0085', '\u2028', ' # a: [\n', '\n\n'] as const;
const TAILS = ['\n---\nb: 1\n', '\n...\n@', '\n{"b": 2}\n@', '\n[b]\n\t', ' "b"', ' # "', '\n"b'] as const;

/** JSON with scalars as only YAML knows them, with other line breaks, and with something behind its end. */
export function respelled(json: string): fc.Arbitrary<string> {
  return decisions.map((numbers) => {
    const choices = new Choices(numbers);
    const scalars = json.replace(/"[^"\\]*"(?!\s*:)/g, (scalar) =>
      choices.rarely(5) ? choices.pick(SCALARS) : scalar,
    );
    const lines = scalars.replace(/\n/g, (lineFeed) =>
      choices.rarely(10) ? choices.pick(BREAKS) : lineFeed,
    );
    return choices.rarely(5) ? lines + choices.pick(TAILS) : lines;
  });
}
