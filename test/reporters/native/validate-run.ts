import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { compile, type Program } from '../../../src/engine/compile.ts';
import { trace } from '../../../src/engine/evaluate.ts';
import type { Status } from '../../../src/engine/status.ts';
import { Subject } from '../../../src/engine/subject.ts';
import { parseRules } from '../../../src/language/parser.ts';
import { combineReports, type FileReport, fileReport } from '../../../src/report/native-report.ts';
import {
  consoleReport,
  junitDocument,
  junitOutcome,
  type NativeView,
  structuredReport,
} from '../../../src/reporters/native/index.ts';
import { Source } from '../../../src/source/source.ts';
import { loadGuardData } from '../../../src/template/guard-data.ts';
import type { Template } from '../../../src/template/template.ts';

/** One `validate` run: rule files and data files in `directory`, and how to report. */
export interface ValidateRun {
  readonly directory: string;
  readonly rules: readonly string[];
  readonly data: readonly string[];
  readonly structured: boolean;
  readonly format: NativeView['format'] | 'sarif' | 'junit';
  readonly view: NativeView;
}

const GROUPS: Readonly<Record<string, readonly Status[]>> = {
  all: ['PASS', 'FAIL', 'SKIP'],
  pass: ['PASS'],
  fail: ['FAIL'],
  skip: ['SKIP'],
  none: [],
};

/** Reads the arguments of a run, `validate`'s own and `--colours`, which stands for `CLICOLOR_FORCE=1`. */
export function parseRun(directory: string, words: readonly string[]): ValidateRun {
  const values = (option: string) => words.flatMap((word, at) => (words[at - 1] === option ? [word] : []));
  const format = (values('-o')[0] ?? 'single-line-summary') as ValidateRun['format'];
  const summary = (values('-S')[0] ?? 'fail').split(',').flatMap((name) => GROUPS[name] ?? []);
  return {
    directory,
    rules: values('-r'),
    data: values('-d'),
    structured: words.includes('-z'),
    format,
    view: {
      colours: words.includes('--colours'),
      summary: new Set(summary),
      format: format === 'json' || format === 'yaml' ? format : 'single-line-summary',
      verbose: words.includes('-v'),
      printJson: words.includes('-p'),
    },
  };
}

/** What this package prints, by the way of its library. */
export function ownOutput(run: ValidateRun): string {
  const programs = run.rules.map((name) => loadRules(join(run.directory, name)));
  const templates = run.data.map((name) => {
    const path = join(run.directory, name);
    return loadGuardData(path, readFileSync(path));
  });
  if (run.structured) return structuredOutput(run.format, programs, templates);
  return programs
    .flatMap((program) => templates.map((template) => consoleOutput(program, template, run.view)))
    .join('');
}

function loadRules(path: string): Program {
  const source = new Source(basename(path), readFileSync(path, 'utf8'));
  return compile(parseRules(source), source);
}

function consoleOutput(program: Program, { source, root }: Template, view: NativeView): string {
  const record = trace(program, new Subject(root));
  return consoleReport(
    { dataName: source.name, rules: program.source, record, root, text: source.text },
    view,
  );
}

function structuredOutput(
  format: ValidateRun['format'],
  programs: readonly Program[],
  templates: readonly Template[],
): string {
  const reportsOf = ({ source, root }: Template): FileReport[] =>
    programs.map((program) => fileReport(trace(program, new Subject(root)), program.source, source.name));
  if (format === 'junit') {
    const suites = templates.map((template) => ({
      name: template.source.name,
      time: 0,
      cases: reportsOf(template).map((report, at) => ({
        name: programs[at]?.source.name ?? '',
        time: 0,
        outcome: junitOutcome(report),
      })),
    }));
    return junitDocument({ name: 'cfn-guard validate report', time: 0, suites });
  }
  const reports = templates.map((template) => combineReports(template.source.name, reportsOf(template)));
  return structuredReport(format === 'yaml' || format === 'sarif' ? format : 'json', reports);
}

/** What the native tool prints, or undefined when it crashes or refuses. */
export function nativeOutput(binary: string, run: ValidateRun): string | undefined {
  const { view } = run;
  const files = (option: string, names: readonly string[]) =>
    names.flatMap((name) => [option, join(run.directory, name)]);
  const summary = Object.entries(GROUPS).find(
    ([, statuses]) => [...view.summary].sort().join() === [...statuses].sort().join(),
  );
  const words = [
    ...['validate', ...files('-r', run.rules), ...files('-d', run.data), '-o', run.format],
    ...['-S', summary?.[0] ?? [...view.summary].join(',').toLowerCase()],
    ...(run.structured ? ['-z'] : []),
    ...(view.verbose ? ['-v'] : []),
    ...(view.printJson ? ['-p'] : []),
  ];
  const { status, stdout } = spawnSync(binary, words, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { PATH: process.env.PATH, ...(view.colours ? { CLICOLOR_FORCE: '1' } : { NO_COLOR: '1' }) },
  });
  // Compilers since 2024 add lifetimes to type names, which the published binaries do not show.
  return status === 0 || status === 19 ? withoutTimes(stdout).replaceAll("<'_>", '') : undefined;
}

/** JUnit's times are the only thing in a report that no two runs agree on. */
function withoutTimes(text: string): string {
  return text.startsWith('<?xml') ? text.replace(/ time="\d+"/g, ' time="0"') : text;
}
