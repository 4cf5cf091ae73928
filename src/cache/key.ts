import { sha1 } from '../git/sha1.ts';

/*
 * What cached values depend on. Everything that can change a value is in its key, so an upgrade, an edited rule or
 * another choice of rules misses by itself, and nothing is ever invalidated.
 */

/**
 * Key of the parsed form of a set of rule files.
 *
 * In it: the build, since another parser may read the same text differently or lay out the tree differently, and every
 * text. Left out: file names, which the parsed form does not hold.
 */
export async function rulesKey(build: string, texts: readonly string[]): Promise<string> {
  const { digestOfTexts } = await import('./digest.ts');
  return `rules-${digestOfTexts([build, ...texts])}`;
}

/** The rules that verdicts are by, and what gives them their meaning. */
export interface Judge {
  /** Of this package. The packs are part of it, so that naming them says what is in them. */
  readonly build: string;
  /** Version of Node, whose tables of letters and cases patterns and functions go by. */
  readonly runtime: string;
  /** Names of built-in packs. */
  readonly packs: readonly string[];
  /** The user's rule files, with the ids of their contents. */
  readonly files: readonly { readonly path: string; readonly id: string }[];
  /** Names of rules that the settings speak of. That there are such rules is found out while something is judged. */
  readonly mentioned: readonly string[];
  /** Whether templates are judged as what CloudFormation makes of their intrinsic functions. */
  readonly intrinsics: boolean;
}

/**
 * Key of verdicts, which stands beside the id of the content that was judged.
 *
 * In it: all of {@link Judge}, in the order in which it is judged and reported; rule files with the id of their
 * content and, since violations name them, with their name as seen from the working directory. Left out: the name of the template, which is put
 * in when a verdict is recalled; format, colour and other ways to show a report, which is made anew each time; the
 * environment and the rest of the settings, which judging does not see; and the time, because a verdict for which a rule
 * asked the clock is not kept.
 */
export async function verdictsKey(judge: Judge): Promise<string> {
  const { build, runtime, packs, files, mentioned, intrinsics } = judge;
  const builtIn = [build, runtime, ...(intrinsics ? [] : ['as-written']), ...packs].join('/');
  if (files.length + mentioned.length === 0) return builtIn;
  const own = JSON.stringify([files.map(({ path, id }) => [path, id]), mentioned]);
  if (own.length < MANY_FILES) return `${builtIn}/${sha1([Buffer.from(own)])}`;
  const { digestOfTexts } = await import('./digest.ts');
  return `${builtIn}/${digestOfTexts([own])}`;
}

/** Characters, from which on it pays to load Node's cryptography. */
const MANY_FILES = 4096;

/**
 * Key of what a settings file says.
 *
 * In it: the build, since another one may know other settings and packs; the name of the file, without folders, which
 * says where in it the settings are; and the id of the content.
 */
export function settingsKey(build: string, name: string, id: string): string {
  return `settings-${name}-${build}-${id}`;
}
