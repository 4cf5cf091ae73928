import { resolve } from 'node:path';
import { packLevels } from '../src/check/pack-levels.ts';
import { type Pack, packLineage } from '../src/check/pack-names.ts';
import type { Level } from '../src/config/settings.ts';
import { check, type Report, type ReportFinding } from '../src/index.ts';

/*
 * `npm run noise -- DIR` prints how often each rule fires on the templates of a folder, as tables for docs/noise.md: what
 * a team would see on the day on which it chooses a pack.
 */

/** The last one has the rules of the others. */
const CHOICES = ['baseline', 'recommended', 'strict'] as const satisfies readonly Pack[];

/** Suppressions in the templates count, as in every run. */
async function main(folder: string): Promise<void> {
  const cwd = resolve(folder);
  const { env } = process;
  const report = await check({ cwd, env, paths: ['.'], packs: ['strict'], cache: null, elapsed: () => 0 });
  const packRows = CHOICES.map((pack) => packRow(pack, report));
  process.stdout.write(
    [
      table(['Pack', 'templates', 'with errors', 'else with warnings', 'else with notes', 'quiet'], packRows),
      table(['Rule', ...CHOICES, 'templates', 'violations'], ruleRows(report)),
    ].join('\n'),
  );
}

/** Templates in all, then how many have a violation of each level and none that weighs more. */
function packRow(pack: Pack, { templates, findings }: Report): string[] {
  const left = new Set(templates.map(({ path }) => path));
  const counts = (['error', 'warn', 'info'] satisfies Level[]).map((level) => {
    const files = filesOf(findings.filter((finding) => levelIn(pack, finding) === level));
    return [...files].filter((file) => left.delete(file)).length;
  });
  return [pack, templates.length, ...counts, left.size].map(String);
}

function ruleRows({ findings }: Report): string[][] {
  const names = [...new Set(findings.map(({ rule }) => rule))].sort();
  return names.map((name) => {
    const own = findings.filter(({ rule }) => rule === name);
    const levels = CHOICES.map((pack) => levelIn(pack, own[0]!) ?? '');
    return [name, ...levels, String(filesOf(own).size), String(own.length)];
  });
}

/** The level that a pack gives to the rule of a finding; undefined when it does not have the rule. */
function levelIn(pack: Pack, { rule, ruleFile }: ReportFinding): Level | undefined {
  if (!packLineage(pack).some((each) => ruleFile.startsWith(`${each}/`))) return undefined;
  return packLevels([pack]).get(rule) ?? 'error';
}

function filesOf(findings: readonly ReportFinding[]): Set<string> {
  return new Set(findings.map(({ file }) => file));
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [heads, heads.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('give the folder of the templates: npm run noise -- DIR\n');
  process.exitCode = 2;
} else {
  await main(folder);
}
