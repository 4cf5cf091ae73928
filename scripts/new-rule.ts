import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PACKS } from '../src/check/pack-names.ts';
import { ruleSkeleton } from './rule-skeleton.ts';

/*
 * `npm run new-rule -- NAME [PACK]` makes the files of a rule, with all the parts that the tests ask for. They fail until
 * every `…` has become a text.
 */

const RULES = fileURLToPath(new URL('../rules/', import.meta.url));

/** @throws when the name is no name for a rule, or there is such a rule */
function makeRule(name: string, pack: string): string[] {
  if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)+$/.test(name))
    throw new Error(`give the rule a name like tasks_require_user, not \`${name}\``);
  if (!PACKS.some((each) => each === pack)) throw new Error(`there is no pack \`${pack}\``);
  const taken = PACKS.map((each) => join(RULES, each, `${name}.guard`)).find((path) => existsSync(path));
  if (taken !== undefined) throw new Error(`there is a rule \`${name}\`: ${taken}`);
  return Object.entries(ruleSkeleton(name)).map(([ending, text]) => {
    const path = join(RULES, pack, `${name}.${ending}`);
    writeFileSync(path, text);
    return path;
  });
}

const [name = '', pack = 'strict'] = process.argv.slice(2);
try {
  for (const path of makeRule(name, pack)) process.stdout.write(`${path}\n`);
  process.stdout.write(
    'Rewrite what says `…`, give the rule a level in rules/levels.json unless it is an error, and run `npm run rules-table`.\n',
  );
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
}
