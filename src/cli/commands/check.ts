import { resolve } from 'node:path';
import type { CheckRequest } from '../../check/job.ts';
import type { Said } from '../../check/outcome-note.ts';
import { PACKS } from '../../check/pack-names.ts';
import { type Manner, type Reply, replyTo, replyWith } from '../../check/reply.ts';
import { type ListedWorktree, worktreeFromAnswers } from '../../git/worktree.ts';
import { packageVersion } from '../../package.ts';
import type { Report, Totals } from '../../report/report.ts';
import { loadColours } from '../../reporters/colours.ts';
import { renderDiagnostics } from '../../reporters/diagnostics.ts';
import { type Format, REPORTERS, type Reporter, wholeText } from '../../reporters/index.ts';
import type { View } from '../../reporters/view.ts';
import { coloursFor, wantsColour } from '../colour.ts';
import { EXIT, exitCodeOf } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { type Options, type OptionTable, parseOptions } from '../options.ts';
import { Progress } from '../progress.ts';
import { chosenRepair, FIX_OPTIONS } from './fix-option.ts';
import { chosenScope, SCOPE_OPTIONS } from './scope-option.ts';
import { parseShard } from './shard-option.ts';
import { troubleReport } from './trouble-report.ts';

const DEFAULT_FORMAT: Format = 'compact';

const TIP = 'Tip: `npx ecs-guard-staged explain RULE` says why a rule is there and how to satisfy it.\n';

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
 * `hook`: `check` of what is staged, as the hook learned it from git while Node was starting.
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
    elapsed: () => io.now() - started,
    prepareFor: (bytes) => io.prepareFor(bytes),
    onProgress: options.quiet ? undefined : (done, total) => progress.show(done, total),
  };
  const { load, summarise }: Reporter = REPORTERS[options.format ?? DEFAULT_FORMAT];
  const readable = summarise !== undefined;
  const shown = {
    coloured: wantsColour(io.stdout, io.env),
    terminal: io.stdout.isTTY,
    quiet: options.quiet,
    unknowns: options.undecided,
    committing,
  };
  const [render, viewOf] = await Promise.all([load(), viewsOf(shown)]);
  const repair = await chosenRepair(options, scope, readable, io);
  /** Apart from diagnostics. */
  const say = ({ lines, totals }: Reply): Said => ({
    stdout: wholeText(lines, summarise?.(totals, viewOf(totals)) ?? ''),
    stderr: totals.counts.failedTemplates > 0 && readable && !options.quiet ? TIP : '',
    exitCode: exitCodeOf(totals),
  });
  const viewer = io.env.ECS_GUARD_VIEWER;
  const manner: Manner = {
    render: (report) => render(report, viewOf(report)),
    // Other formats say how long it took, or which version says so, among the rest.
    shown: readable && !options['no-cache'] ? shown : null,
    hook: worktree && viewer !== undefined && argv.length === 0 ? { worktree, viewer, say } : undefined,
  };
  const reply = await replyOrTrouble(request, manner, repair);
  progress.clear();
  const { stdout, stderr, exitCode } = say(reply);
  if (stdout.length > 0 && !options['dry-run']) io.stdout.write(stdout);
  const { diagnostics } = reply.totals;
  if (diagnostics.length > 0)
    io.stderr.write(renderDiagnostics(diagnostics, await coloursFor(io.stderr, io.env)));
  if (stderr !== '') io.stderr.write(stderr);
  reply.remember?.();
  return exitCode;
}

/** @param repair does another job that ends with a report */
async function replyOrTrouble(
  request: CheckRequest,
  manner: Manner,
  repair: ((request: CheckRequest) => Promise<Report>) | undefined,
): Promise<Reply> {
  try {
    return repair === undefined ? await replyTo(request, manner) : replyWith(await repair(request), manner);
  } catch (error) {
    return replyWith(troubleReport(error, request), manner);
  }
}

/** Undefined: where it always is. */
function cacheOf(options: Options<typeof CHECK_OPTIONS>, cwd: string): string | null | undefined {
  if (options['no-cache']) return null;
  const directory = options['cache-dir'];
  return directory === undefined ? undefined : resolve(cwd, directory);
}

/** How the reader sees reports, as plain facts. */
interface Shown extends Pick<View, 'terminal' | 'quiet' | 'unknowns' | 'committing'> {
  readonly coloured: boolean;
}

/** How the reader sees a report, which depends on whether it is about staged files. */
async function viewsOf({ coloured, ...shown }: Shown): Promise<(report: Pick<Totals, 'staged'>) => View> {
  const colours = await loadColours(coloured);
  return ({ staged }) => ({
    ...shown,
    colours,
    committing: shown.committing && staged,
    get version() {
      return packageVersion();
    },
  });
}
