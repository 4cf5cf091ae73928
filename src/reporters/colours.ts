import type picocolors from 'picocolors';

export type Colours = Pick<typeof picocolors, 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan'>;

const unchanged = (text: unknown) => String(text);

/** Leaves texts as they are. */
export const NO_COLOURS: Colours = {
  bold: unchanged,
  dim: unchanged,
  red: unchanged,
  yellow: unchanged,
  green: unchanged,
  cyan: unchanged,
};

/** Colours for a terminal, or none. They are loaded only where they are wanted, since a quiet commit has nothing to colour. */
export async function loadColours(wanted: boolean): Promise<Colours> {
  if (!wanted) return NO_COLOURS;
  const { default: all } = await import('picocolors');
  return all.createColors(true);
}
