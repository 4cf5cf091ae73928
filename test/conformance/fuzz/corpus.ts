import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { controlTowerRules } from '../../support/rule-texts.ts';
import type { Corpus } from './fuzz.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** The project's rules and templates, the Control Tower rules where they are stored, and `ECS_GUARD_TEMPLATES`. */
export function corpus(): Corpus {
  const folders = ['fixtures/templates', 'fixtures/ecs'].map((folder) => join(ROOT, folder));
  const further = process.env.ECS_GUARD_TEMPLATES;
  return {
    rules: [...filesBelow(join(ROOT, 'rules'), /\.guard$/), ...controlTowerRules().map(({ path }) => path)],
    data: [...folders, ...(further === undefined ? [] : [further])].flatMap((folder) =>
      filesBelow(folder, /\.(ya?ml|json|template)$/),
    ),
  };
}

function filesBelow(folder: string, name: RegExp): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => name.test(file))
    .sort()
    .map((file) => join(folder, file));
}
