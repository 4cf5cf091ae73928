import { relative, sep } from 'node:path';
import { findRepository, mainWorktree } from '../../git/repository.ts';
import { DiagnosticError } from '../../source/diagnostic.ts';
import { EXIT } from '../exit-code.ts';
import { findHookPlace, usesLintStaged } from '../install/hook-place.ts';
import { type Installation, installHook } from '../install/install-hook.ts';
import { findInstalledPackage } from '../install/installed-package.ts';
import type { Io } from '../io.ts';
import { type OptionTable, parseOptions } from '../options.ts';

const INIT_OPTIONS = {
  help: { kind: 'flag', short: 'h', help: 'print this text' },
} as const satisfies OptionTable;

const HELP = `Usage: ecs-guard-staged init

Makes git check the staged templates before each commit: through husky when the repository has it, through git's own
hooks otherwise. What is already there stays, and a second run changes nothing.
`;

/** `init`: installs the hook of the repository around the working directory. */
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
  return init(io.cwd, io);
}

/**
 * Wires the package's hook into the repository around a folder, and tells on stdout what was done.
 *
 * @throws {DiagnosticError} when that is not possible without harm; then nothing is changed, and the help says what to
 *   do by hand
 */
export async function init(cwd: string, io: Io): Promise<number> {
  const place = { cwd, env: io.env };
  const repository = await findRepository(place);
  const installed = findInstalledPackage(cwd, repository.top, await mainWorktree(place));
  if (installed === undefined)
    throw new DiagnosticError({
      code: 'configuration',
      message: 'ecs-guard-staged is not installed in this repository, so its hook could not run',
      help: 'install it first: npm install --save-dev ecs-guard-staged',
    });
  const hook = findHookPlace(repository);
  const shown = relative(repository.top, hook.file).split(sep).join('/');
  const done = installHook(hook, installed, shown);
  io.stdout.write(`${DONE[done](shown)}\n`);
  if (!hook.active)
    io.stdout.write("Git does not run husky's hooks in this clone yet: `npx husky` turns them on.\n");
  if (usesLintStaged(repository.top)) io.stdout.write(LINT_STAGED);
  return EXIT.clean;
}

const DONE = {
  created: (file: string) => `Created ${file}: it checks the staged templates before each commit.`,
  added: (file: string) =>
    `Added ecs-guard-staged to ${file}: it checks the staged templates before each commit.`,
  updated: (file: string) => `Updated ${file} to the hook of this version.`,
  unchanged: (file: string) => `Nothing to do: ${file} already runs ecs-guard-staged.`,
} as const satisfies Record<Installation, (file: string) => string>;

const LINT_STAGED = `To run it through lint-staged instead, remove it from the hook and add this to package.json:
  "lint-staged": { "*.{yml,yaml,json,template}": "ecs-guard-staged" }
`;
