import { resolve } from 'node:path';
import type { CheckRequest } from '../../check/check.ts';
import { PACKS } from '../../check/pack-names.ts';
import { keepPassNote } from '../../check/pass-note.ts';
import { type ListedWorktree, worktreeFromAnswers } from '../../git/worktree.ts';
import { packageVersion } from '../../package.ts';
import type { Report } from '../../report/report.ts';
import { isSilent, passedBefore } from '../../reporters/compact.ts';
import { renderDiagnostics } from '../../reporters/diagnostics.ts';
import { type Format, REPORTERS } from '../../reporters/index.ts';
import { coloursFor } from '../colour.ts';
import { EXIT, exitCodeOf } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { type Options, type OptionTable, parseOptions } from '../options.ts';
import { Progress } from '../progress.ts';
import { chosenRepair, FIX_OPTIONS } from './fix-option.ts';
import { reportOf } from './report-of.ts';
import { chosenScope, SCOPE_OPTIONS } from './scope-option.ts';
import { parseShard } from './shard-option.ts';

const DEFAULT_FORMAT: Format = 'compact';

export const CHECK_OPTIONS = {
  ...SCOPE_OPTIONS,
  rules: {
    kind: 'list',
    short: 'r',
    placeholder: 'FILE|DIR',
    help: 'judge by these rules, instead of those of the settings; repeatable',
  },
  pack: {
    kind: 'list',
    placeholder: 'NAME',
    choices: [...PACKS, 'none'],
    help: `built-in rules: ${PACKS.join(', ')} or none; repeatable; default: baseline`,
  },
  format: {
    kind: 'value',
    short: 'f',
    placeholder: 'NAME',
    choices: Object.keys(REPORTERS) as Format[],
    help: `${Object.keys(REPORTERS).join(', ')}; default: compact`,
  },
  new: { kind: 'flag', help: 'only what the change adds counts' },
  'fail-on': {
    kind: 'list',
    placeholder: 'NAME',
    choices: ['warn', 'unknown'],
    help: 'also fail for warnings, or for what cannot be decided; repeatable',
  },
  intrinsics: {
    kind: 'value',
    placeholder: 'on|off',
    choices: ['on', 'off'],
    help: 'judge what CloudFormation makes of intrinsic functions, or, if off, what is written; default: on',
  },
  undecided: { kind: 'flag', help: 'list what cannot be decided, instead of counting it' },
  ...FIX_OPTIONS,
  shard: { kind: 'value', placeholder: 'I/N', help: 'of the files to judge, take the I-th of N parts only' },
  'no-cache': { kind: 'flag', help: 'judge everything anew, and keep nothing' },
  'cache-dir': { kind: 'value', placeholder: 'DIR', help: 'keep verdicts and parsed rules there' },
  quiet: { kind: 'flag', short: 'q', help: 'print violations and errors only' },
  help: { kind: 'flag', short: 'h', help: 'print this text' },
  version: { kind: 'flag', short: 'V', help: 'print the version' },
} as const satisfies OptionTable;

/**
 * `hook`: `check` of what is staged, as the hook learned it from git while Node was starting. What passes is noted for the
 * next time.
 */
export async function runHook(argv: readonly string[], io: Io): Promise<number> {
  const answers = Buffer.from(await io.readStdin());
  return runCheck(argv, io, worktreeFromAnswers(answers, { cwd: io.cwd, env: io.env }));
}

/**
 * `check [options] [PATH…]`: judges, reports, and maps the report to an exit code.
 *
 * @param worktree what the hook knows of it already
 */
export async function runCheck(argv: readonly string[], io: Io, worktree?: ListedWorktree): Promise<number> {
  const started = io.now();
  const { options, operands } = parseOptions(CHECK_OPTIONS, argv);
  if (options.help) {
    const { helpText } = await import('./help.ts');
    io.stdout.write(helpText(CHECK_OPTIONS));
    return EXIT.clean;
  }
  if (options.version) {
    io.stdout.write(`${packageVersion()}\n`);
    return EXIT.clean;
  }
  const scope = chosenScope(options, operands);
  // Git names its index to the hooks that it runs.
  const committing = (operands.length === 0 && scope === 'staged') || io.env.GIT_INDEX_FILE !== undefined;
  const progress = new Progress(io);
  let keepNote: ((message: string) => void) | undefined;
  const request: CheckRequest = {
    cwd: io.cwd,
    env: io.env,
    paths: operands,
    scope,
    shard: options.shard === undefined ? undefined : parseShard(options.shard, committing),
    worktree,
    packs: options.pack?.filter((name) => name !== 'none'),
    rules: options.rules,
    intrinsics: options.intrinsics === undefined ? undefined : options.intrinsics === 'on',
    overrides: {
      ...(options.new ? { report: 'new' } : {}),
      ...(options['fail-on'] === undefined ? {} : { failOn: options['fail-on'] }),
    },
    cache: cacheOf(options, io.cwd),
    runtime: io.runtime,
    onRepeatable: (grounds, store) => {
      if (worktree !== undefined && argv.length === 0)
        keepNote = (message) => keepPassNote(store, io.cwd, worktree, grounds, message);
    },
    elapsed: () => io.now() - started,
    prepareFor: (bytes) => io.prepareFor(bytes),
    onProgress: options.quiet ? undefined : (done, total) => progress.show(done, total),
  };
  const readable = (options.format ?? DEFAULT_FORMAT) === DEFAULT_FORMAT;
  const report = await reportOf(request, await chosenRepair(options, scope, readable, io));
  progress.clear();
  if (!options['dry-run']) await print(report, options, committing, io);
  if (report.diagnostics.length > 0)
    io.stderr.write(renderDiagnostics(report.diagnostics, await coloursFor(io.stderr, io.env)));
  if (keepNote !== undefined && isSilent(report)) keepNote(passedBefore(report));
  if (report.findings.length > 0 && readable && !options.quiet)
    io.stderr.write(
      'Tip: `npx ecs-guard-staged explain RULE` says why a rule is there and how to satisfy it.\n',
    );
  return exitCodeOf(report);
}

/** Undefined: where it always is. */
function cacheOf(options: Options<typeof CHECK_OPTIONS>, cwd: string): string | null | undefined {
  if (options['no-cache']) return null;
  const directory = options['cache-dir'];
  return directory === undefined ? undefined : resolve(cwd, directory);
}

async function print(
  report: Report,
  options: Options<typeof CHECK_OPTIONS>,
  committing: boolean,
  io: Io,
): Promise<void> {
  const format = options.format ?? DEFAULT_FORMAT;
  const render = await REPORTERS[format].load();
  const text = render(report, {
    colours: await coloursFor(io.stdout, io.env),
    terminal: io.stdout.isTTY,
    quiet: options.quiet,
    unknowns: options.undecided,
    committing: committing && report.staged,
    get version() {
      return packageVersion();
    },
  });
  if (text !== '') io.stdout.write(text);
}
