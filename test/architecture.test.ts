import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

interface Row {
  readonly layer: number;
  readonly imports: ReadonlySet<string>;
  readonly outside: ReadonlySet<string>;
}

interface Import {
  readonly from: string;
  /** Path below `src`, or the name of a module from outside. */
  readonly to: string;
  /** Loaded together with the importing file: neither a type nor `import()`. */
  readonly eager: boolean;
}

const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ts'));
const codeOf = (file: string) =>
  readFileSync(join(ROOT, 'src', file), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
const imports = files.flatMap(importsOf);
const rows = layerTable();

function importsOf(file: string): Import[] {
  const statement =
    /^(?:import|export)( type)?\b[^'"`;]*?\bfrom '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm;
  return [...codeOf(file).matchAll(statement)].map(([, type, from, bare, lazy]) => {
    const name = from ?? bare ?? lazy ?? '';
    return {
      from: file,
      to: name.startsWith('.') ? posix.join(dirname(file), name) : name,
      eager: type === undefined && lazy === undefined,
    };
  });
}

/** The layer table of docs/architecture.md by folder. */
function layerTable(): Map<string, Row> {
  const text = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');
  const names = (cell = '') => new Set([...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
  const lines = text.matchAll(/^\| (\d) \| `([^`]+)` \|[^|]*\|([^|]*)\|([^|]*)\|$/gm);
  return new Map(
    [...lines].map(([, layer, folder = '', own, outside]) => [
      folder,
      { layer: Number(layer), imports: names(own), outside: names(outside) },
    ]),
  );
}

/** The row of the table that a file belongs to. */
const folderOf = (file: string) => file.split('/')[0] ?? file;
const isOwn = ({ to }: Import) => files.includes(to);

test('every file belongs to a row of the table, and every row has files', () => {
  assert.deepEqual([...new Set(files.map(folderOf))].sort(), [...rows.keys()].sort());
});

test('every import of our own resolves to a file', () => {
  const lost = imports.filter((edge) => edge.to.endsWith('.ts') && !isOwn(edge));
  assert.deepEqual(lost, []);
});

test('no file imports what its row does not name', () => {
  const forbidden = imports.filter((edge) => {
    const row = rows.get(folderOf(edge.from));
    if (!isOwn(edge)) return !row?.outside.has(edge.to);
    return folderOf(edge.to) !== folderOf(edge.from) && !row?.imports.has(folderOf(edge.to));
  });
  assert.deepEqual(
    forbidden.map(({ from, to }) => `${from} imports ${to}`),
    [],
  );
});

test('no row names an import that nobody needs', () => {
  for (const [folder, row] of rows) {
    const used = new Set(
      imports
        .filter(({ from }) => folderOf(from) === folder)
        .map((edge) => (isOwn(edge) ? folderOf(edge.to) : edge.to)),
    );
    const unused = [...row.imports, ...row.outside].filter((name) => !used.has(name));
    assert.deepEqual(unused, [], `${folder} does not need all of its row`);
  }
});

test('rows name only rows of layers above their own', () => {
  for (const [folder, row] of rows)
    for (const name of row.imports) {
      const layer = rows.get(name)?.layer;
      assert.ok(layer !== undefined && layer < row.layer, `${folder} may not name ${name}`);
    }
});

test('no file needs itself before it is loaded', () => {
  const eager = imports.filter((edge) => edge.eager && isOwn(edge));
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]) => {
    if (trail.includes(file)) assert.fail(`circle: ${[...trail, file].join(' → ')}`);
    if (done.has(file)) return;
    for (const { from, to } of eager) if (from === file) visit(to, [...trail, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
});

test('only bin.ts, and the launcher in front of it, name the process', () => {
  const naming = files.filter((file) => /\bprocess\.|= process;|node:process/.test(codeOf(file)));
  assert.deepEqual(naming.sort(), ['bin.ts', 'launcher.ts']);
});

test('nothing but bin.ts imports the command line', () => {
  const importing = imports.filter(({ from, to }) => to.startsWith('cli/') && !from.startsWith('cli/'));
  assert.deepEqual([...new Set(importing.map(({ from }) => from))], ['bin.ts']);
});

test('index.ts only re-exports', () => {
  const rest = codeOf('index.ts').replace(/export (?:type )?\{[^}]*\} from '[^']+';/g, '');
  assert.equal(rest.trim(), '');
});
