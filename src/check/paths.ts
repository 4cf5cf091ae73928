import { readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { nearest } from '../source/nearest.ts';

/** A path as people see it: relative to where they are, with forward slashes. */
export function displayPath(cwd: string, path: string): string {
  const shown = relative(cwd, path);
  return sep === '/' ? shown : shown.replaceAll(sep, '/');
}

/**
 * {@link displayPath} for many files in few folders, absolute all of them: what is worked out for one file counts for its
 * neighbours.
 *
 * @param folderOf what to take a folder for; default: for itself
 */
export function displayPaths(
  cwd: string,
  folderOf: (folder: string) => string = (folder) => folder,
): (path: string) => string {
  const prefixes = new Map<string, string>();
  return (path) => {
    // Functions for paths of any kind would take longer than all the rest.
    const start = path.lastIndexOf(sep) + 1;
    const place = path.slice(0, start);
    let prefix = prefixes.get(place);
    if (prefix === undefined) {
      const shown = displayPath(cwd, folderOf(dirname(path)));
      // The top of another drive ends with a slash already.
      prefix = shown === '' || shown.endsWith('/') ? shown : `${shown}/`;
      prefixes.set(place, prefix);
    }
    return prefix + path.slice(start);
  };
}

/** Whether a path is a folder or below it. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** For a path that does not exist: a sibling with a similar name, put as a question. */
export function suggestion(path: string): string | undefined {
  const meant = nearest(basename(path), namesIn(dirname(path)));
  return meant === undefined ? undefined : `did you mean \`${meant}\`?`;
}

/** None where there is no folder that may be read. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The path with symbolic links in its folders resolved, which is how git names them; the last part may not exist. */
export function withoutLinks(path: string): string {
  try {
    return join(realpathSync(dirname(path)), basename(path));
  } catch {
    return path;
  }
}
