/**
 * Tells whether a path matches any of some globs: `*` stands for any characters of one name, `?` for one of them, `**`
 * for any number of folders, `{a,b}` for either of two texts; everything else stands for itself. A glob without a slash
 * at its beginning or within is for names in all folders, as in `.gitignore`, and what matches a folder matches everything below it.
 *
 * @returns a test for paths with forward slashes, relative to the folder that the globs are relative to
 */
export function globTest(globs: readonly string[]): (path: string) => boolean {
  const patterns = globs.map(patternOf);
  return (path) => patterns.some((pattern) => pattern.test(path));
}

/** What is in the folder that globs are relative to, which people call `.` or `/`. */
const EVERYTHING = /^/;

function patternOf(glob: string): RegExp {
  const plain = glob.replace(/\/+$/, '');
  if (plain === '' || plain === '.') return EVERYTHING;
  const anywhere = plain.includes('/') ? '' : '(?:.*/)?';
  return new RegExp(`^${anywhere}${translate(plain.replace(/^\.?\/+/, ''))}(?:/.*)?$`, 'su');
}

function translate(glob: string): string {
  const choices = hasPartners(glob);
  let depth = 0;
  return glob.replace(/(?<=^|\/)\*\*\/|\*+|[?{},]|[^*?{},]+/g, (part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part.startsWith('*')) return part === '*' ? '[^/]*' : '.*';
    if (part === '?') return '[^/]';
    if (choices && part === '{') {
      depth++;
      return '(?:';
    }
    if (choices && part === '}') {
      depth--;
      return ')';
    }
    if (part === ',' && depth > 0) return '|';
    return part.replace(/[$()*+.[\\\]^{|}]/g, '\\$&');
  });
}

/** Whether each brace has a partner; otherwise braces stand for themselves. */
function hasPartners(glob: string): boolean {
  let open = 0;
  for (const character of glob) {
    if (character === '{') open++;
    else if (character === '}' && --open < 0) return false;
  }
  return open === 0;
}
