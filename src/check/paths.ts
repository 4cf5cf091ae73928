import { readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { nearest } from '../source/nearest.ts';

/** A path as people see it: relative to where they are, with forward slashes. */
export function displayPath(cwd: string, path: string): string {
  const shown = relative(cwd, path);
  return sep === '/' ? shown : shown.replaceAll(sep, '/');
}

/** Whether a path is a folder or below it. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** For a path that does not exist: a sibling with a similar name, put as a question. */
export function suggestion(path: string): string | undefined {
  const folder = dirname(path);
  const siblings = statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : [];
  const meant = nearest(basename(path), siblings);
  return meant === undefined ? undefined : `did you mean \`${meant}\`?`;
}

/** The path with symbolic links in its folders resolved, which is how git names them; the last part may not exist. */
export function withoutLinks(path: string): string {
  try {
    return join(realpathSync(dirname(path)), basename(path));
  } catch {
    return path;
  }
}
