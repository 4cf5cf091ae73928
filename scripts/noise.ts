import { resolve } from 'node:path';
import { packLevels } from '../src/check/pack-levels.ts';
import type { Pack } from '../src/check/pack-names.ts';
import type { Level } from '../src/config/settings.ts';
import { check, type Report } from '../src/index.ts';

/*
 * `npm run noise -- DIR` prints how often each rule fires on the templates of a folder, as tables for docs/noise.md: what
 * a team would see on the day on which it chooses a pack.
 */

const CHOICES: readonly Pack[] = ['baseline', 'recommended', 'strict'];

async function main(folder: string): Promise<void> {
  const reports = await Promise.all(
    CHOICES.map(async (pack) => ({ pack, report: await judged(folder, pack) })),
  );
  const rules = reports.flatMap(({ pack, report }) => ruleRows(pack, report));
  process.stdout.write(
    [
      table(
        ['Pack', 'templates', 'with errors', 'else with warnings', 'else with notes', 'quiet'],
        reports.map(({ pack, report }) => packRow(pack, report)),
      ),
      table(['Rule', 'pack', 'level', 'templates', 'violations'], rules),
    ].join('\n'),
  );
}

/** Settings files and suppressions near the templates count, as in every run. */
function judged(folder: string, pack: Pack): Promise<Report> {
  return check({
    cwd: resolve(folder),
    env: process.env,
    paths: ['.'],
    packs: [pack],
    cache: null,
    elapsed: () => 0,
  });
}

/** Templates in all, then how many have a violation of each level and none that weighs more. */
function packRow(pack: Pack, { templates, findings }: Report): string[] {
  const levels = packLevels([pack]);
  const left = new Set(templates.map(({ path }) => path));
  const counts = (['error', 'warn', 'info'] satisfies Level[]).map((level) => {
    const at = findings.filter(({ file, rule }) => left.has(file) && levelOf(levels, rule) === level);
    const files = new Set(at.map(({ file }) => file));
    for (const file of files) left.delete(file);
    return files.size;
  });
  return [pack, templates.length, ...counts, left.size].map(String);
}

function ruleRows(pack: Pack, { findings }: Report): string[][] {
  const levels = packLevels([pack]);
  const names = [...new Set(findings.map(({ rule }) => rule))].sort();
  return names.map((name) => {
    const own = findings.filter(({ rule }) => rule === name);
    const files = new Set(own.map(({ file }) => file));
    return [name, pack, levelOf(levels, name), String(files.size), String(own.length)];
  });
}

function levelOf(levels: ReadonlyMap<string, Level>, rule: string): Level {
  return levels.get(rule) ?? 'error';
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
