import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { unconfigureHook } from '../../git/configured-hook.ts';
import type { GitPlace } from '../../git/exec.ts';
import type { Repository } from '../../git/repository.ts';
import { packagePath } from '../../package.ts';
import type { Outcome } from './add.ts';
import { withFile } from './file-trouble.ts';
import { HOOK_EVENTS } from './hook-event.ts';
import { findHookPlace } from './hook-place.ts';
import { findLefthook } from './lefthook.ts';
import { countAllAgain } from './new-violations.ts';
import { type Undoing, undoIn } from './undo.ts';

/**
 * Takes back what `add` did, whichever way it took at the time: the repository may have got other tools since. Neither
 * the package nor those tools need to be installed any more.
 *
 * @throws {DiagnosticError} for what cannot be read or written
 */
export async function remove(place: GitPlace, repository: Repository): Promise<Outcome> {
  const { top } = repository;
  const shipped = readFileSync(packagePath('hooks/pre-commit'), 'utf8');
  const results = filesOf(repository).map((file) => {
    const shown = relative(top, file).split(sep).join('/');
    return { shown, result: withFile(shown, 'the file', () => undoIn(file, shipped)) };
  });
  const said = results.flatMap(({ shown, result }) => SAID[result]?.(shown) ?? []);
  said.push(...countAllAgain(top));
  if (await unconfigureHook(place))
    said.push('Removed ecs-guard-staged from the configuration of git in this clone.');
  return {
    done: results.every(({ result }) => result !== 'changed'),
    said: said.length > 0 ? said : ['Nothing to undo: nothing of `ecs-guard-staged init` was found here.'],
  };
}

/** Every file that `add` may have written to. */
function filesOf(repository: Repository): string[] {
  const { top, commonDirectory } = repository;
  const hooks = HOOK_EVENTS.flatMap((event) => {
    const { owner, file } = findHookPlace(repository, event);
    return [
      ...(owner === 'elsewhere' ? [] : [file]),
      join(top, '.husky', event),
      join(commonDirectory, 'hooks', event),
    ];
  });
  const lefthook = findLefthook(top);
  return [...new Set([...hooks, ...(lefthook === undefined ? [] : [join(top, lefthook)])])];
}

const SAID: { readonly [result in Undoing]?: (file: string) => string } = {
  deleted: (file) => `Deleted ${file}.`,
  removed: (file) => `Removed ecs-guard-staged from ${file}.`,
  changed: (file) =>
    `${file} is not as this version of \`init\` writes it, so it stays: delete it by hand when nothing in it is yours.`,
  'by-hand': (file) =>
    `${file} runs ecs-guard-staged by lines that \`init\` did not write: remove them by hand.`,
};
