import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from './measure.ts';
import { repository, write } from './repository.ts';
import { GOOD_TASK, templatesIn } from './templates.ts';

/** What the scenarios need to know. */
export interface Setting {
  /** The package, with `dist/` built. */
  readonly root: string;
  /** An empty folder to work in. */
  readonly scratch: string;
  /** The native tool and a folder of many rule files for it, where it can be had. */
  readonly native: { readonly binary: string; readonly rules: string } | null;
  /** Folder of templates for the bulk scenarios. */
  readonly templates: string;
}

/** Jobs that do the same in different ways: ours first, then what it is compared with. */
export interface Scenario {
  readonly title: string;
  /** What it isolates. */
  readonly about: string;
  readonly rounds: number;
  readonly commands: readonly Command[];
}

type Maker = (setting: Setting) => Scenario;

/** A commit of text files: how long nothing takes. */
const nothingStaged: Maker = ({ root, scratch }) => {
  const readme = { 'README.md': 'more\n' };
  const cwd = repository(join(scratch, 'nothing'), root, { 'infra/task.yml': GOOD_TASK }, readme);
  return {
    title: 'commit without a template',
    about: 'the hook asks git and ends; Node does not start',
    rounds: 41,
    commands: [
      { name: 'hook', argv: ['sh', hook(cwd)], cwd, expected: [0] },
      { name: 'git diff', argv: ['git', 'diff', '--cached', '--quiet'], cwd, expected: [1] },
    ],
  };
};

/** A commit of one good task definition, with everything cached that can be. */
const oneTemplate: Maker = ({ root, scratch, native }) => {
  const cwd = repository(join(scratch, 'one'), root, {}, { 'infra/task.yml': GOOD_TASK });
  write(scratch, { 'native-hook': NATIVE_HOOK });
  const rules = join(root, 'rules', 'baseline');
  return {
    title: 'commit of one template, five rules, warm',
    about: 'the whole hook against bare Node, and against a shell hook that calls the native tool',
    rounds: 31,
    commands: [
      { name: 'hook', argv: ['sh', hook(cwd)], cwd, expected: [0] },
      { name: 'node', argv: [process.execPath, '-e', '0'], cwd, expected: [0] },
      ...(native === null
        ? []
        : [
            {
              name: 'native',
              argv: ['sh', join(scratch, 'native-hook'), native.binary, rules],
              cwd,
              expected: [0],
            },
          ]),
    ],
  };
};

/** What a team would write by hand: the staged templates through the native tool. */
const NATIVE_HOOK = `files=$(git diff --cached --name-only --diff-filter=ACMR -- '*.yml' '*.yaml' '*.json' '*.template')
[ -n "$files" ] || exit 0
exec "$1" validate --rules "$2" --data $files
`;

/** Many templates by the five rules of the default pack. */
const fiveRules: Maker = (setting) =>
  bulk(setting, 'five rules', join(setting.root, 'rules', 'baseline'), 15);

/** Many templates by a few hundred rule files. */
const manyRules: Maker = (setting) =>
  bulk(setting, 'many rule files', setting.native?.rules ?? join(setting.root, 'rules'), 5);

function bulk(
  { root, scratch, native, templates }: Setting,
  what: string,
  rules: string,
  rounds: number,
): Scenario {
  const count = templatesIn(templates).length;
  const cache = join(scratch, 'cache');
  const env = { XDG_CACHE_HOME: cache };
  const ours = [
    process.execPath,
    join(root, 'dist', 'cli.cjs'),
    '--pack',
    'none',
    '--rules',
    rules,
    templates,
  ];
  const nativeArgs = ['validate', '--structured', '--output-format', 'json', '--show-summary', 'none'];
  return {
    title: `${count} templates, ${what}, cold`,
    about: 'everything is read, parsed and judged; nothing is cached',
    rounds,
    commands: [
      {
        name: 'check',
        argv: ours,
        cwd: scratch,
        env,
        expected: [0, 1, 2],
        before: () => rmSync(cache, { recursive: true, force: true }),
      },
      ...(native === null
        ? []
        : [
            {
              name: 'native',
              argv: [native.binary, ...nativeArgs, '--rules', rules, '--data', templates],
              cwd: scratch,
              expected: [0, 19, 255],
            },
          ]),
    ],
  };
}

function hook(cwd: string): string {
  return join(cwd, 'node_modules', 'ecs-guard-staged', 'hooks', 'pre-commit');
}

export const SCENARIOS: readonly Maker[] = [nothingStaged, oneTemplate, fiveRules, manyRules];
