/** Marks a text for a terminal. */
type Style = (text: string) => string;

export interface Colours {
  readonly bold: Style;
  readonly dim: Style;
  readonly red: Style;
  readonly green: Style;
  readonly cyan: Style;
}

/** Styles by the graphic renditions of ECMA-48, or styles that leave texts as they are. */
export function coloursFor(wanted: boolean): Colours {
  const style =
    (on: number, off: number): Style =>
    (text) =>
      wanted ? `\x1b[${on}m${text}\x1b[${off}m` : text;
  return {
    bold: style(1, 22),
    dim: style(2, 22),
    red: style(31, 39),
    green: style(32, 39),
    cyan: style(36, 39),
  };
}
