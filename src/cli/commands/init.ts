import { type FirstLook, firstLook } from '../../check/first-look.ts';
import { findRepository, mainWorktree } from '../../git/repository.ts';
import { DiagnosticError } from '../../source/diagnostic.ts';
import { EXIT } from '../exit-code.ts';
import { add, type Outcome } from '../install/add.ts';
import { findInstalledPackage } from '../install/installed-package.ts';
import { countOnlyNew, proposal } from '../install/new-violations.ts';
import { remove } from '../install/remove.ts';
import type { Io } from '../io.ts';
import { describeOptions, type OptionTable, parseOptions } from '../options.ts';
import { Progress } from '../progress.ts';

const INIT_OPTIONS = {
  new: { kind: 'flag', help: 'also make settings by which only new violations count, unless there are any' },
  undo: { kind: 'flag', help: 'take back what `init` did' },
  help: { kind: 'flag', short: 'h', help: 'print this text' },
} as const satisfies OptionTable;

const HELP = `Usage: ecs-guard-staged init [--new | --undo]

Makes git check the staged templates before each commit: through husky, lefthook or pre-commit when the repository has
them, through git's own hooks otherwise. What is already there stays, and a second run changes nothing. Templates that
violate rules already are counted, and what to do about them is said.

${describeOptions(INIT_OPTIONS)}
Exit codes: 0 done · 2 something is left to do by hand, or was not possible
`;

/** `init`: installs the hook of the repository around the working directory, or takes that back. */
export async function runInit(argv: readonly string[], io: Io): Promise<number> {
  const { options, operands } = parseOptions(INIT_OPTIONS, argv);
  if (operands.length > 0)
    throw new DiagnosticError({
      code: 'usage',
      message: `\`init\` takes no argument, but was given \`${operands[0]}\``,
    });
  if (options.help) {
    io.stdout.write(HELP);
    return EXIT.clean;
  }
  if (options.undo && options.new)
    throw new DiagnosticError({
      code: 'usage',
      message: 'options `--new` and `--undo` contradict each other',
      help: 'choose one of them; `--undo` takes back `--new` as well',
    });
  return options.undo ? undo(io.cwd, io) : init(io.cwd, io, options.new);
}

/**
 * Wires the package's hook into the repository around a folder, and tells on stdout what was done, and how the templates
 * there stand.
 *
 * @param onlyNew whether to make settings by which only new violations count
 * @throws {DiagnosticError} when that is not possible without harm; then nothing is changed, and the help says what to
 *   do by hand
 */
export async function init(cwd: string, io: Io, onlyNew = false): Promise<number> {
  const place = { cwd, env: io.env };
  const repository = await findRepository(place);
  const installed = findInstalledPackage(cwd, repository.top, await mainWorktree(place));
  if (installed === undefined)
    throw new DiagnosticError({
      code: 'configuration',
      message: 'ecs-guard-staged is not installed in this repository, so its hook could not run',
      help: 'install it first: npm install --save-dev ecs-guard-staged',
    });
  const { done, said } = await add({ place, repository, installed });
  const look = await lookAt(cwd, io);
  if (!onlyNew) return tell({ done, said: [...said, ...proposal(look)] }, io);
  const settings = countOnlyNew(repository.top, look);
  return tell({ done: done && settings.done, said: [...said, ...settings.said] }, io);
}

async function lookAt(cwd: string, io: Io): Promise<FirstLook> {
  const progress = new Progress(io);
  const started = io.now();
  try {
    return await firstLook({
      cwd,
      env: io.env,
      runtime: io.runtime,
      elapsed: () => io.now() - started,
      prepareFor: (bytes) => io.prepareFor(bytes),
      onProgress: (done, total) => progress.show(done, total),
    });
  } finally {
    progress.clear();
  }
}

/**
 * Takes back what {@link init} did in the repository around a folder, and tells on stdout what that was.
 *
 * @throws {DiagnosticError} when that is not possible
 */
export async function undo(cwd: string, io: Io): Promise<number> {
  const place = { cwd, env: io.env };
  return tell(await remove(place, await findRepository(place)), io);
}

function tell({ done, said }: Outcome, io: Io): number {
  io.stdout.write(said.map((line) => `${line}\n`).join(''));
  return done ? EXIT.clean : EXIT.cannotJudge;
}
