import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BUILD_ID, packageAddress } from '../package.ts';
import { type RulePage, rulePage } from '../report/rule-page.ts';
import { PACKS } from './pack-names.ts';

/** Pages about rules of packs, by the names of the rules. */
export type RulePages = Readonly<Record<string, RulePage>>;

/** The pages that the package comes with. */
export function rulePages(): RulePages {
  return BUILD_ID === null
    ? readRulePages()
    : JSON.parse(readFileSync(packageAddress('dist/packs/pages.json'), 'utf8'));
}

/** The pages as they stand beside their rules, for the build to gather. */
export function readRulePages(): RulePages {
  const paths = PACKS.flatMap((pack) => {
    const folder = fileURLToPath(packageAddress(`rules/${pack}/`));
    return readdirSync(folder).map((name) => join(folder, name));
  });
  const pages = paths.filter((path) => path.endsWith('.md'));
  return Object.fromEntries(
    pages.map((path) => [basename(path, '.md'), rulePage(readFileSync(path, 'utf8'))]),
  );
}
