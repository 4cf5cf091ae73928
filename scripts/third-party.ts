import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** A package of others that has a part in our bundles. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX expression. */
  readonly license: string;
  readonly licenseText: string;
  /** What the lockfile pins it by: `sha512-<base64>`. */
  readonly integrity: string;
}

/**
 * The packages that have a part in some bundles, by name.
 *
 * @param root folder of `package-lock.json` and `node_modules`
 * @throws when one of them has no licence file: then it must not be bundled
 */
export function bundledPackages(root: string, metafiles: readonly Metafile[]): BundledPackage[] {
  const inputs = metafiles.flatMap((metafile) => Object.keys(metafile.inputs));
  const names = new Set(
    inputs.flatMap((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? []),
  );
  const lock = readJson(join(root, 'package-lock.json'));
  return [...names].sort().map((name) => {
    const folder = join(root, 'node_modules', name);
    const { version, license } = readJson(join(folder, 'package.json'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} has no licence file`);
    const { integrity } = lock.packages[`node_modules/${name}`];
    return { name, version, license, licenseText: readFileSync(join(folder, file), 'utf8'), integrity };
  });
}

function readJson(path: string) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** All licences in one text, which ships with the bundles. */
export function licenceNotices(packages: readonly BundledPackage[]): string {
  if (packages.length === 0) return 'Nothing in this folder is from other projects.\n';
  return packages
    .map(({ name, version, license, licenseText }) => `${name} ${version} (${license})\n\n${licenseText}`)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

/**
 * A bill of materials of the package, as CycloneDX 1.5 JSON. It is the same for the same contents: it bears no time and no
 * random number.
 *
 * @param manifest our `package.json`
 */
export function billOfMaterials(
  manifest: { readonly name: string; readonly version: string; readonly license: string },
  packages: readonly BundledPackage[],
): string {
  const parts = packages.map((part) => ({
    ...component('library', part),
    hashes: [{ alg: 'SHA-512', content: hexDigest(part.integrity) }],
  }));
  const product = component('application', manifest);
  return `${JSON.stringify(
    {
      $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
      bomFormat: 'CycloneDX',
      specVersion: '1.5',
      version: 1,
      metadata: { component: product },
      components: parts,
      dependencies: [
        { ref: product['bom-ref'], dependsOn: parts.map((part) => part['bom-ref']) },
        ...parts.map((part) => ({ ref: part['bom-ref'], dependsOn: [] })),
      ],
    },
    null,
    2,
  )}\n`;
}

function component(
  type: 'application' | 'library',
  { name, version, license }: Pick<BundledPackage, 'name' | 'version' | 'license'>,
) {
  const address = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  return {
    type,
    'bom-ref': address,
    name,
    version,
    purl: address,
    licenses: [{ license: { id: license } }],
  };
}

function hexDigest(integrity: string): string {
  return Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex');
}
