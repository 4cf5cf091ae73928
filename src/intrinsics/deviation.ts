import { type Choose, choosing } from './circumstances.ts';
import type { Formulas } from './formulas.ts';
import type { Trial } from './trials.ts';
import type { Option, Variable } from './variables.ts';

/*
 * Parameters with many allowed values make many combinations that nobody would choose. What a template does with one parameter
 * changed is its own; whether two were meant to be changed together, it does not say.
 */

type Asked = Pick<Formulas, 'given' | 'compared'>;

/** The parameters that values are taken from. What conditions ask about is meant to be combined: it does not count. */
export function taken({ circumstances }: Trial<unknown>, { given, compared }: Asked): readonly Variable[] {
  const variables = new Set(circumstances.decisions.map(({ variable }) => variable));
  return [...variables].filter(
    (variable) => given.has(variable) && !compared.has(variable) && !variable.name.startsWith('AWS::'),
  );
}

/** Those of them that are not what they are by default. */
export function deviating(trial: Trial<unknown>, formulas: Asked): readonly Variable[] {
  return taken(trial, formulas).filter(
    (variable) => !trial.circumstances.optionsOf(variable).includes(variable.options[0]!),
  );
}

/** Chooses as in a trial, with one parameter as given. */
export function withOption({ circumstances }: Trial<unknown>, changed: Variable, given: Option): Choose {
  return choosing((variable) => (variable === changed ? given : circumstances.optionsOf(variable)[0]));
}

/** Chooses as in a trial, with some parameters as they are by default. */
export function withDefaults({ circumstances }: Trial<unknown>, reset: ReadonlySet<Variable>): Choose {
  return choosing(
    (variable) => (reset.has(variable) ? variable.options : circumstances.optionsOf(variable))[0],
  );
}
