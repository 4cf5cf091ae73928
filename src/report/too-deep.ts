import type { Diagnostic } from '../source/diagnostic.ts';
import { raising } from '../source/limits.ts';

/** What to say about a file that no stack was deep enough for, although its nesting was allowed. */
export function tooDeep(file: string): Diagnostic {
  return {
    code: 'template-too-large',
    file,
    message: 'its values are nested too deeply to be judged',
    help: `check how it was generated; ${raising('nesting')}`,
  };
}
