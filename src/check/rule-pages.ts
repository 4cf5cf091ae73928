import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { BUILD_ID, packagePath } from '../package.ts';
import { type RulePage, rulePage } from '../report/rule-page.ts';
import { PACKS } from './pack-names.ts';

/** Pages about rules of packs, by the names of the rules. */
export type RulePages = Readonly<Record<string, RulePage>>;

/** The pages that the package comes with. */
export function rulePages(): RulePages {
  return BUILD_ID === null
    ? readRulePages()
    : JSON.parse(readFileSync(packagePath('dist/packs/pages.json'), 'utf8'));
}

/** The pages as they stand beside their rules, for the build to gather. */
export function readRulePages(): RulePages {
  const paths = PACKS.flatMap((pack) => {
    const folder = packagePath(`rules/${pack}`);
    return readdirSync(folder).map((name) => join(folder, name));
  });
  const pages = paths.filter((path) => path.endsWith('.md'));
  return Object.fromEntries(
    pages.map((path) => [basename(path, '.md'), rulePage(readFileSync(path, 'utf8'))]),
  );
}
