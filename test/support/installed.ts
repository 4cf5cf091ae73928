import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Cleanup, type Outcome, type Repo, temporaryFolder, withRepo } from './repo.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface Tarball {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Paths inside of the package. */
  readonly files: readonly string[];
}

/** Builds what is out of date and packs the package, as `npm publish` would. */
export function packTarball(t: Cleanup): Tarball {
  const folder = temporaryFolder(t);
  const repo = withRepo(t);
  succeeded(repo.run(process.execPath, [join(ROOT, 'scripts/setup.mjs')]));
  // Without scripts, since what they would build has just been built.
  const packed = succeeded(
    repo.run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder, ROOT]),
  );
  const [facts] = Object.values(JSON.parse(packed.stdout)) as [
    { filename: string; size: number; files: { path: string }[] },
  ];
  const files = facts.files.map(({ path }) => path);
  return { path: join(folder, facts.filename), size: facts.size, files };
}

/** A new repository with the tarball installed from disk, without network, and without its scripts being needed. */
export function withInstalled(t: Cleanup, { path }: Tarball): Repo {
  const repo = withRepo(t);
  repo.write('package.json', '{ "name": "consumer", "private": true }\n');
  repo.write('.gitignore', 'node_modules\n');
  succeeded(repo.run('npm', ['install', '--offline', '--no-audit', '--no-fund', '--save-dev', path]));
  repo.git('add', '.');
  repo.git('commit', '--quiet', '--message', 'first');
  return repo;
}

/** Builds what is out of date and puts what the hook needs of the package into a repository. */
export function installBuilt(repo: Repo, at = 'node_modules/ecs-guard-staged'): void {
  succeeded(repo.run(process.execPath, [join(ROOT, 'scripts/setup.mjs')]));
  for (const part of ['dist', 'hooks', 'rules', 'package.json'])
    cpSync(join(ROOT, part), repo.at(join(at, part)), { recursive: true });
}

/** Makes one of this project's own development tools available to a repository. */
export function linkTool(repo: Repo, name: 'husky' | 'lint-staged'): void {
  mkdirSync(repo.at('node_modules'), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules', name), repo.at(`node_modules/${name}`), 'junction');
}

export function succeeded(outcome: Outcome): Outcome {
  if (outcome.status !== 0) throw new Error(`ended with ${outcome.status}: ${outcome.stderr}`);
  return outcome;
}
