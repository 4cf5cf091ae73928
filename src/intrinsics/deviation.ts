import type { Choose } from './circumstances.ts';
import type { Trial } from './exploration.ts';
import type { Formulas } from './formulas.ts';
import type { Variable } from './variables.ts';

/*
 * Parameters with many allowed values make many combinations that nobody would choose. What a template does with one parameter
 * changed is its own; whether two were meant to be changed together, it does not say.
 */

/**
 * The parameters that are not what they are by default, of those that values are taken from. What conditions ask about is
 * meant to be combined: these parameters do not count.
 */
export function deviating(
  { circumstances }: Trial<unknown>,
  { given, compared }: Pick<Formulas, 'given' | 'compared'>,
): readonly Variable[] {
  const variables = new Set(circumstances.decisions.map(({ variable }) => variable));
  return [...variables].filter((variable) => {
    if (!given.has(variable) || compared.has(variable) || variable.name.startsWith('AWS::')) return false;
    return !circumstances.optionsOf(variable).includes(variable.options[0]!);
  });
}

/** Chooses as in a trial, with some parameters as they are by default. */
export function withDefaults({ circumstances }: Trial<unknown>, reset: ReadonlySet<Variable>): Choose {
  return (variable, answers) => {
    const [option] = reset.has(variable) ? variable.options : circumstances.optionsOf(variable);
    return Math.max(
      0,
      answers.findIndex((group) => option !== undefined && group.includes(option)),
    );
  };
}
