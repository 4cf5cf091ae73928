import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Repo } from './repo.ts';

const ROOT = new URL('../../', import.meta.url);
const README = readFileSync(new URL('README.md', ROOT), 'utf8');

/** The code blocks of README.md in a language, in order. */
export function readmeBlocks(language: string): string[] {
  const blocks = README.matchAll(/^```(\w+)\n(.*?)^```$/gms);
  return [...blocks].filter(([, name]) => name === language).map(([, , text = '']) => text);
}

/** The one block of README.md that has a certain text in it. */
export function readmeBlock(language: string, part: string): string {
  const [block, ...others] = readmeBlocks(language).filter((text) => text.includes(part));
  assert.ok(block !== undefined && others.length === 0, `README.md has no or several blocks with ${part}`);
  return block;
}

/** The formats that README.md has a row for. */
export function readmeFormats(): string[] {
  const table = README.split('| Format | For |')[1]?.split('\n\n')[0] ?? '';
  return [...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, name = '']) => name);
}

/** What README.md runs its examples on: the templates of fixtures/readme, and its own example of a rule. */
export function writeReadmeFiles(repo: Pick<Repo, 'path' | 'write'>): void {
  cpSync(fileURLToPath(new URL('fixtures/readme/', ROOT)), repo.path, { recursive: true });
  repo.write('policies/images.guard', readmeBlock('text', 'rule images_from_own_registry'));
}

/** What the two examples of library code print on those files. */
export const README_OUTPUT = {
  evaluateTemplate: 'FAIL\n28 18 images_from_own_registry use an image of our own registry\n',
  check: '2\n',
};
