import { Source } from '../../source/source.ts';

const LINE_BREAK = /\r\n?|[\n\x85\u2028\u2029]/g;

/**
 * A text whose positions are those of libyaml, to which a line also ends at a lone carriage return, a next line (U+0085) and
 * both separators of Unicode. Everything that shows its lines knows line feeds only, as the native tool does.
 */
export class YamlSource extends Source {
  #countedStarts: readonly number[] | undefined;

  protected override countedStarts(): readonly number[] {
    this.#countedStarts ??= [
      0,
      ...Array.from(this.text.matchAll(LINE_BREAK), ({ index, 0: { length } }) => index + length),
    ];
    return this.#countedStarts;
  }
}
