import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rulesPage } from './rules-page.ts';

/* `npm run rules-table` writes docs/rules.md anew, from the rules and `rules/levels.json`. */

const PAGE = fileURLToPath(new URL('../docs/rules.md', import.meta.url));

writeFileSync(PAGE, rulesPage());
