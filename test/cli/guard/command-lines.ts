import { cpSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Cleanup, temporaryFolder } from '../../support/repo.ts';
import type { CommandLine } from './compare.ts';

const FIXTURE = fileURLToPath(new URL('../../../fixtures/drop-in/workspace/', import.meta.url));

/** A copy of the fixture with what git does not keep: links, times, empty folders, bytes that are no text. */
export function workspace(t: Cleanup): string {
  const folder = join(temporaryFolder(t), 'workspace');
  cpSync(FIXTURE, folder, { recursive: true });
  const at = (path: string) => join(folder, path);
  mkdirSync(at('empty'));
  writeFileSync(at('data/\u00e9.jsn'), '{"a": "\u00e9"}');
  writeFileSync(at('latin.yaml'), Buffer.from([0x61, 0x3a, 0x20, 0xe9, 0x0a]));
  writeFileSync(at('latin.guard'), Buffer.from([0x61, 0xe9]));
  symlinkSync(at('data'), at('link'));
  symlinkSync(at('data/a.yaml'), at('alias-file.yaml'));
  symlinkSync(at('data/note.txt'), at('notelink.yaml'));
  symlinkSync(at('data/a.yaml'), at('tolink.txt'));
  symlinkSync(at('nowhere'), at('broken.yaml'));
  symlinkSync(at('data/sub'), at('data/sublink'));
  for (const [index, path] of OLDEST_FIRST.entries())
    utimesSync(at(path), 1_700_000_000 + index, 1_700_000_000 + index);
  return folder;
}

const OLDEST_FIRST = [
  'data/x.template',
  'data/Z.yml',
  'data/a.yaml',
  'data/sub',
  'data/\u00e9.jsn',
  'rules/b.ruleset',
  'rules/a.guard',
];

type Line = Omit<CommandLine, 'cwd'>;

/** Runs in a {@link workspace} that between them use every option, and make most mistakes. */
export const COMMAND_LINES: readonly Line[] = [
  line('validate -r rules -d data'),
  line('validate -r rules -d data -S all'),
  line('validate -r rules/a.guard -d data -S all -m'),
  line('validate -r rules -d data -S all -a'),
  line('validate -r rules -m -d data'),
  line('validate -r rules/a.guard -d link -S all'),
  line('validate -r rules/a.guard -d data/ -S all'),
  line('validate -r ./rules//sub -d data//sub -S all'),
  line('validate -r rules/a.guard -d alias-file.yaml -S all'),
  line('validate -r rules/a.guard -d notelink.yaml -S all'),
  line('validate -r rules/a.guard -d tolink.txt -S all'),
  line('validate -r rules/a.guard -d broken.yaml'),
  line('validate -r rules/a.guard -d nope'),
  line('validate -r nope -d data'),
  line('validate -r rules/a.guard -d data/note.txt'),
  line('validate -r rules/other.txt -d data/a.yaml -S all'),
  line('validate -r rules/bad.txt -d data/a.yaml'),
  line('validate -r rules/bad.txt rules/a.guard -d data/a.yaml'),
  line('validate -r rules/a.guard rules/bad.txt -d data/Z.yml'),
  line('validate -r rules/a.guard rules/bad.txt -d data/Z.yml -z -o json -S none'),
  line('validate -r rules/bad.txt -d data/a.yaml -z -o json -S none'),
  line('validate -r rules/bad.txt rules/a.guard -d data/Z.yml -z -o junit -S none'),
  line('validate -r rules/bad.txt rules/a.guard -d data/Z.yml -z -o sarif -S none'),
  line('validate -r latin.guard rules/a.guard -d data/a.yaml -S all'),
  line('validate -r latin.guard rules/a.guard -d data/a.yaml -z -o json -S none'),
  line('validate -r rules/a.guard -d latin.yaml'),
  line('validate -r rules/a.guard -d bad.yaml data'),
  line('validate -r rules/a.guard -d data bad.yaml'),
  line('validate -r rules/a.guard -d blank.yaml'),
  line('validate -r rules/a.guard -d alias.yaml'),
  line('validate -r rules/a.guard -d key.yaml'),
  line('validate -r rules/empty.guard -d data -S all -v'),
  line('validate -r empty -d data'),
  line('validate -r rules -d empty'),
  line('validate -r rules -d empty -z -o json -S none'),
  line('validate -r rules -d empty -z -o yaml -S none'),
  line('validate -r rules -d empty -z -o junit -S none'),
  line('validate -r rules -d empty -z -o sarif -S none'),
  line('validate -r empty -d data -z -o json -S none'),
  line('validate -r empty -d data -z -o yaml -S none'),
  line('validate -r empty -d data -z -o junit -S none'),
  line('validate -r empty -d data -z -o sarif -S none'),
  line('validate -r rules/a.guard', 'a: 1\n'),
  line('validate -r rules/a.guard', ''),
  line('validate -r rules/a.guard -S all', '{"a": 1}'),
  line('validate -r rules/a.guard -d', 'a: 2'),
  line('validate -d data'),
  line('validate -d data -r'),
  line('validate -v'),
  line('validate -r rules/a.guard -d data -o junit'),
  line('validate -r rules/a.guard -d data -o sarif'),
  line('validate -r rules/a.guard -d data -z'),
  line('validate -r rules/a.guard -d data -z -S none'),
  line('validate -r rules/a.guard -d data -z -o json'),
  line('validate -r rules/a.guard -d data -z -o json -S none,all'),
  line('validate -r rules/a.guard -d data -S all,none'),
  line('validate -r rules/a.guard -d data -S none -S pass'),
  line('validate -r rules/a.guard -d data -t CFNTemplate'),
  line('validate -r rules/a.guard -d data -i params/p.yaml -S all'),
  line('validate -r rules/a.guard -d data -i params/p.yaml params/q.json -S all -v'),
  line('validate -r rules/a.guard -d data -i params/conflict.yaml'),
  line('validate -r rules/a.guard -d data/sub -i params/list.yaml'),
  line('validate -r rules/a.guard -d data -i params'),
  line('validate -r rules/a.guard -d data -i params/p.yaml params/p.yaml'),
  line('validate -r rules/a.guard -d data -i nope'),
  line('validate -r rules/a.guard -d data -i bad.yaml'),
  line('validate -r rules/a.guard -d data -i blank.yaml'),
  line('validate -r rules/a.guard -d data -i params/p.yaml -z -o json -S none'),
  line('validate -r rules/a.guard -d data/a.yaml -i params/p.yaml -p'),
  line('validate -r rules/a.guard -d bad.yaml -i nope'),
  line('validate -r nope -d data -i nope2'),
  line('validate -P', payload(['a == 1'], ['a: 1', 'a: 2'])),
  line('validate -P -S all', payload(['a == 1', 'rule x { b exists }'], ['a: 1', 'a: 2'])),
  line('validate -P -z -o json -S none', payload(['a == 1', 'rule x { b exists }'], ['a: 1', 'a: 2'])),
  line('validate -P', payload([], [])),
  line('validate -P', payload(['a = 1'], ['a: 1'])),
  line('validate -P', payload(['a == 1'], ['a: ['])),
  line('validate -P', payload(['a == 1'], [''])),
  line('validate -P -i params/p.yaml -S all', payload(['p == 1'], ['a: 1'])),
  line('validate -P -i params/p.yaml -z -o json -S none', payload(['p == 1'], ['a: 1'])),
  line('validate -P -i nope', payload(['p == 1'], ['a: 1'])),
  line('validate -r run.guard -d data'),
  line('validate -r rules/a.guard run.guard -d data -S all'),
  line('validate -r rules/a.guard run.guard -d data -z -o json -S none'),
  line('validate -r rules/a.guard run.guard -d data -z -o junit -S none'),
  line('validate -r rules/a.guard rules/bad.guard run.guard rules/b.ruleset -d data -S all'),
  line('validate -r rules/bad.guard -d data', '', { CLICOLOR_FORCE: '1' }),
  line('validate -r rules -d data -S all -v', '', { CLICOLOR_FORCE: '1' }),
  line('validate -r rules -d data -S all', '', { CLICOLOR_FORCE: '1', NO_COLOR: '1' }),
  line('validate -r rules -d data -S all', '', { CLICOLOR_FORCE: '0' }),
  line('validate -r rules -d data -o json'),
  line('validate -r rules -d data -o yaml -v'),
  line('validate -r . -d .'),
  ...['', '-v', '-o json', '-o yaml', '-o junit', '-a', '-m', '-o sarif', '-v -o json', '-S x'].flatMap(
    (o) => [
      line(`test -d rules ${o}`),
      line(`test -d . ${o}`),
      line(`test -d rules/ ${o}`),
      line(`test -r rules/a.guard -t rules/tests/a_tests.yaml ${o}`),
      line(`test -r rules/a.guard -t rules/tests ${o}`),
      line(`test -r rules/bad.guard -t rules/tests/a_tests.yaml ${o}`),
      line(`test -r rules/a.guard -t rules/tests/bad.yaml ${o}`),
      line(`test -r rules/empty.guard -t rules/tests/a_tests.yaml ${o}`),
      line(`test -r rules/b.ruleset -t rules/tests/b.json ${o}`),
      line(`test -r rules/a.guard -t word.yaml ${o}`),
      line(`test -r run.guard -t word.yaml ${o}`),
      line(`test -r latin.guard -t word.yaml ${o}`),
      line(`test -r rules/a.guard -t latin.yaml ${o}`),
      line(`test -r rules -t word.yaml ${o}`),
      line(`test -r nope -t word.yaml ${o}`),
      line(`test -r rules/a.guard -t nope ${o}`),
      line(`test -d nope ${o}`),
      line(`test -r rules/a.guard ${o}`),
      line(`test -t word.yaml ${o}`),
      line(`test -r rules/a.guard -t data/note.txt ${o}`),
      line(`test -d empty ${o}`),
      line(`test -d rules/a.guard ${o}`),
      line(`test -r rules/a.guard -t empty ${o}`),
    ],
  ),
  line('parse-tree -r rules/a.guard'),
  line('parse-tree'),
  line('parse-tree -p', 'a == 1'),
  line('parse-tree -y', 'a == 1'),
  line('parse-tree -p -y', 'a == 1'),
  line('parse-tree -y', '# x'),
  line('parse-tree -p'),
  line('parse-tree -p', 'rule'),
  line('parse-tree -r nope'),
  line('parse-tree -r rules'),
  line('parse-tree -r latin.guard'),
  line('parse-tree -r rules/a.guard -o nodir/x'),
  line('rulegen -t data'),
  line('rulegen -t data/x.template'),
  line('rulegen -t data/x.template -o nodir/x'),
  line('rulegen -t latin.yaml'),
  line('completions -s bash'),
  line('completions -s fish'),
  line('help validate'),
  line('help test'),
  line('help parse-tree x'),
  line('help nonsense'),
];

function line(text: string, stdin = '', env: Readonly<Record<string, string>> = {}): Line {
  return { arguments: text.split(' ').filter((word) => word !== ''), stdin, env };
}

function payload(rules: readonly string[], data: readonly string[]): string {
  return JSON.stringify({ rules, data });
}
