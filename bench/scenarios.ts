import { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Build } from './build.ts';
import type { Command } from './measure.ts';
import { type Files, repository, write } from './repository.ts';
import { BAD_TASK, GOOD_TASK, templateWith } from './templates.ts';

/** What the scenarios need to know. */
export interface Setting {
  /** What is measured. */
  readonly builds: readonly Build[];
  /** A folder to work in. */
  readonly scratch: string;
  /** The native tool and a folder of many rule files for it, where it can be had. */
  readonly native: { readonly binary: string; readonly rules: string } | null;
  /** Folder of the templates of the bulk scenarios, and how many there are. */
  readonly templates: { readonly folder: string; readonly count: number };
}

/** What our time is compared with; `budget` is how many times as long it may be. */
export interface Reference extends Command {
  readonly budget: number;
}

/** A job, done in different ways. */
export interface Scenario {
  readonly title: string;
  /** What it isolates. */
  readonly about: string;
  readonly rounds: number;
  /** One for each build. */
  readonly ours: readonly Command[];
  readonly references: readonly Reference[];
  /** Whether memory is compared too. */
  readonly memory?: boolean;
}

type Maker = (setting: Setting) => Scenario;

/** A commit of text files: how long nothing takes. */
const nothingStaged: Maker = ({ builds, scratch }) => {
  const cwd = repository(
    join(scratch, 'nothing'),
    { 'infra/task.yml': GOOD_TASK },
    { 'README.md': 'more\n' },
  );
  return {
    title: 'commit without a template',
    about: 'the hook asks git and ends; Node does not start',
    rounds: 41,
    ours: hooks(builds, cwd),
    references: [gitDiff(cwd)],
  };
};

/** The same in a repository where git itself has more to do. */
const nothingStagedOfMany: Maker = ({ builds, scratch }) => {
  const cwd = repository(join(scratch, 'many'), sources(10_000, 'one'), sources(500, 'two'));
  return {
    title: 'commit without a template, 500 of 10,000 files staged',
    about: 'as before, in a large repository',
    rounds: 41,
    ours: hooks(builds, cwd),
    references: [
      gitDiff(cwd),
      // The one above is done when it sees the first of the 500.
      {
        ...gitDiff(cwd),
        name: 'git diff of all',
        argv: ['git', 'diff', '--cached', '--name-only'],
        expected: [0],
      },
    ],
  };
};

/** A commit of one good task definition, with everything cached that can be. */
const oneTemplateWarm: Maker = (setting) => ({
  ...oneTemplate(setting, 'warm', GOOD_TASK),
  title: 'commit of one template, five rules, warm',
  about: 'the whole hook, when the same was judged before, for example in a commit that failed elsewhere',
});

/** A commit of a bad one: what is wrong with it is told again. */
const badTemplateWarm: Maker = (setting) => ({
  ...oneTemplate(setting, 'bad', BAD_TASK),
  title: 'commit of one bad template, five rules, warm',
  about: 'as before, when it is rejected',
});

/** The same when it was judged together with others, so that the verdict is known but not what is to be said. */
const oneTemplateKnown: Maker = (setting) => ({
  ...oneTemplate(setting, 'known', BAD_TASK, /^outcome-/),
  title: 'commit of one bad template, five rules, judged before with others',
  about: 'the program is started, and finds the verdict in its cache',
});

/** The same when neither the rules nor the template were seen before. */
const oneTemplateCold: Maker = (setting) => ({
  ...oneTemplate(setting, 'cold', GOOD_TASK, /^/),
  title: 'commit of one template, five rules, not judged before',
  about: 'the whole hook: the template is read, parsed and judged',
});

/**
 * A commit of one template.
 *
 * @param forget names of what is removed from the cache before each run
 */
function oneTemplate(
  setting: Setting,
  name: string,
  template: string,
  forget?: RegExp,
): Omit<Scenario, 'title' | 'about'> {
  const cwd = repository(join(setting.scratch, name), {}, { 'infra/task.yml': template });
  const isBad = template === BAD_TASK;
  const cache = join(cwd, '.git/ecs-guard');
  const before = () => {
    if (forget === undefined || !existsSync(cache)) return;
    for (const entry of readdirSync(cache)) if (forget.test(entry)) rmSync(join(cache, entry));
  };
  return {
    rounds: 31,
    ours: hooks(setting.builds, cwd, isBad ? 1 : 0).map((command) => ({ ...command, before })),
    references: [...nativeHook(setting, cwd, isBad ? 19 : 0), bareNode(cwd)],
  };
}

/** One template among hundreds of staged files. */
const oneTemplateOfMany: Maker = (setting) => {
  const staged = { ...sources(500, 'two'), 'infra/task.yml': GOOD_TASK };
  const cwd = repository(join(setting.scratch, 'one-of-many'), sources(10_000, 'one'), staged);
  return {
    title: 'commit of one template, 500 of 10,000 files staged, warm',
    about: 'as before, in a large repository',
    rounds: 31,
    ours: hooks(setting.builds, cwd),
    references: nativeHook(setting, cwd),
  };
};

/** Many templates by the five rules of the default pack. */
const fiveRules: Maker = (setting) => ({
  ...cold(setting, 'five', setting.templates.folder, baseline(setting), 0.3),
  title: `${setting.templates.count} templates, five rules, cold`,
  rounds: 11,
});

/** Many templates by a few hundred rule files. */
const manyRules: Maker = (setting) => {
  const { count, folder } = setting.templates;
  const rules = controlTower(setting);
  const scenario = cold(setting, 'hundreds', folder, rules, 0.05);
  const onConsole = nativeOnConsole(setting, folder, rules).map((command) => ({ ...command, budget: 0.05 }));
  return {
    ...scenario,
    title: `${count} templates, 237 rule files, cold`,
    rounds: 3,
    references: [...scenario.references, ...onConsole],
  };
};

/** The same again, as on the next run of a build server that keeps the cache. */
const manyRulesWarm: Maker = (setting) => {
  const { templates, scratch } = setting;
  return {
    title: `${templates.count} templates, 237 rule files, warm`,
    about: 'nothing has changed since the run before',
    rounds: 41,
    ours: checks(setting, 'warm-hundreds', templates.folder, controlTower(setting)),
    references: [{ ...bareNode(scratch), budget: 2 }],
  };
};

/** The same after one template was edited, so that only the others are known. */
const manyRulesEdited: Maker = (setting) => {
  const { templates, scratch } = setting;
  const folder = join(scratch, 'edited');
  cpSync(templates.folder, folder, { recursive: true });
  const [first = ''] = readdirSync(folder);
  const before = () => appendFileSync(join(folder, first), '# edited\n');
  const rules = controlTower(setting);
  return {
    title: `${templates.count} templates, 237 rule files, one edited`,
    about: 'all verdicts but one are cached, and the parsed rules',
    rounds: 7,
    ours: checks(setting, 'edited', folder, rules).map((command) => ({ ...command, before })),
    references: nativeValidate(setting, folder, rules).map((command) => ({ ...command, budget: 0.05 })),
  };
};

/** One template that is larger than CloudFormation takes. */
const largeTemplate: Maker = (setting) => {
  const resources = 3300;
  const folder = write(join(setting.scratch, 'large'), { 'large.yml': templateWith(resources) });
  return {
    ...cold(setting, 'large', join(folder, 'large.yml'), baseline(setting), 0.1),
    title: 'one template of 1.3 MB, five rules, cold',
    about: `${resources} resources`,
    rounds: 5,
    memory: true,
  };
};

function cold(
  setting: Setting,
  name: string,
  data: string,
  rules: string,
  budget: number,
): Omit<Scenario, 'title' | 'rounds'> {
  const ours = checks(setting, name, data, rules).map((command) => {
    const cache = command.env.XDG_CACHE_HOME;
    return { ...command, before: () => rmSync(cache, { recursive: true, force: true }) };
  });
  const references = nativeValidate(setting, data, rules).map((command) => ({ ...command, budget }));
  return { about: 'everything is read, parsed and judged; nothing is cached', ours, references };
}

interface CachingCommand extends Command {
  readonly env: { readonly XDG_CACHE_HOME: string };
}

/** The bare command on a file or folder, with a cache of its own. */
export function checks(
  { builds, scratch }: Setting,
  name: string,
  data: string,
  rules: string,
): CachingCommand[] {
  const cwd = join(scratch, 'runs');
  mkdirSync(cwd, { recursive: true });
  return builds.map((build, at) => ({
    name: build.name,
    argv: [process.execPath, join(build.root, 'dist', 'cli.cjs'), '--pack', 'none', '--rules', rules, data],
    cwd,
    env: { XDG_CACHE_HOME: join(scratch, `cache-${name}-${at}`) },
    expected: [0, 1, 2],
  }));
}

/** The native tool on the same, where there is one; its structured reports are faster than its others. */
export function nativeValidate(setting: Setting, data: string, rules: string): Command[] {
  return nativeCommand(setting, 'native', data, rules, [
    '--structured',
    '--output-format',
    'json',
    '--show-summary',
    'none',
  ]);
}

/** The same with the report that people read, which is what it prints unless told otherwise. */
function nativeOnConsole(setting: Setting, data: string, rules: string): Command[] {
  return nativeCommand(setting, 'native on the console', data, rules, []);
}

function nativeCommand(
  { native, scratch }: Setting,
  name: string,
  data: string,
  rules: string,
  options: readonly string[],
): Command[] {
  if (native === null) return [];
  const argv = [native.binary, 'validate', '--rules', rules, '--data', data, ...options];
  return [{ name, argv, cwd: scratch, expected: [0, 5, 19, 255] }];
}

/** The rules that the package judges by unless told otherwise. */
export function baseline({ builds }: Setting): string {
  const [build] = builds;
  return join(build?.root ?? '', 'rules', 'baseline');
}

function controlTower(setting: Setting): string {
  return setting.native?.rules ?? baseline(setting);
}

/** @param status what the hooks end with */
function hooks(builds: readonly Build[], cwd: string, status = 0): Command[] {
  return builds.map(({ name, root }) => ({
    name,
    argv: ['sh', join(root, 'hooks', 'pre-commit')],
    cwd,
    expected: [status],
  }));
}

function gitDiff(cwd: string): Reference {
  return { name: 'git diff', argv: ['git', 'diff', '--cached', '--quiet'], cwd, expected: [1], budget: 2 };
}

function bareNode(cwd: string): Reference {
  return { name: 'bare node', argv: [process.execPath, '-e', '0'], cwd, expected: [0], budget: 1.35 };
}

/**
 * What a team would write by hand: the staged templates through the native tool.
 *
 * @param status what it ends with
 */
function nativeHook(setting: Setting, cwd: string, status = 0): Reference[] {
  const { native, scratch } = setting;
  if (native === null) return [];
  write(scratch, { 'native-hook': NATIVE_HOOK });
  const argv = ['sh', join(scratch, 'native-hook'), native.binary, baseline(setting)];
  return [{ name: 'native in a shell hook', argv, cwd, expected: [status], budget: 1 }];
}

const NATIVE_HOOK = `files=$(git diff --cached --name-only --diff-filter=ACMR -- '*.yml' '*.yaml' '*.json' '*.template')
[ -n "$files" ] || exit 0
exec "$1" validate --rules "$2" --data $files
`;

/** Files of a program. */
function sources(count: number, content: string): Files {
  const name = (at: number) => `src/part-${at % 100}/file-${at}.ts`;
  return Object.fromEntries(
    Array.from({ length: count }, (_, at) => [name(at), `export const ${content} = ${at};\n`]),
  );
}

/** All by the names that `--only` takes. */
export const SCENARIOS: Readonly<Record<string, Maker>> = {
  nothing: nothingStaged,
  'nothing-of-many': nothingStagedOfMany,
  warm: oneTemplateWarm,
  'warm-bad': badTemplateWarm,
  known: oneTemplateKnown,
  cold: oneTemplateCold,
  'warm-of-many': oneTemplateOfMany,
  'five-rules': fiveRules,
  'many-rules': manyRules,
  'many-rules-warm': manyRulesWarm,
  'many-rules-edited': manyRulesEdited,
  large: largeTemplate,
};
