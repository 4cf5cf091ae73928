import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { DataError, loadGuardData } from '../../../src/template/guard-data.ts';
import { nativeGuard } from '../../support/native.ts';
import { controlTowerRules } from '../../support/rule-texts.ts';
import { nativeOutput, ownOutput, parseRun } from './validate-run.ts';

/*
 * Whole reports of the published Control Tower rules on real templates, beside the native tool. GUARD_TEMPLATES names a
 * folder with more templates than the repository has.
 */
const guard = nativeGuard('3.2.0');
const rules = controlTowerRules();
const skip =
  guard.path === undefined
    ? guard.reason
    : rules.length === 0 && 'no Control Tower rules: set CFN_GUARD_RULES';
const FOLDER =
  process.env.GUARD_TEMPLATES ?? fileURLToPath(new URL('../../../fixtures/templates', import.meta.url));

describe('Reports of Control Tower rules beside the native tool', { skip }, () => {
  let directory = '';
  let templates: readonly string[] = [];
  const ruleNames = rules.map(({ path }) => basename(path));

  before(() => {
    directory = realpathSync(mkdtempSync(join(tmpdir(), 'reports-')));
    for (const [at, { text }] of rules.entries()) writeFileSync(join(directory, ruleNames[at] ?? ''), text);
    templates = readdirSync(FOLDER).filter((name) => isReadable(join(FOLDER, name)));
    for (const name of templates) writeFileSync(join(directory, name), readFileSync(join(FOLDER, name)));
  });
  after(() => rmSync(directory, { recursive: true }));

  /** Our output and the native one for each template; a run that crashes the native tool is left out. */
  const outputs = (names: readonly string[], ...options: readonly string[]) =>
    templates.flatMap((template) => {
      const words = [...names.flatMap((name) => ['-r', name]), '-d', template, ...options];
      const run = parseRun(directory, words);
      const native = nativeOutput(guard.path ?? '', run);
      return native === undefined ? [] : [{ native, own: ownOutput(run) }];
    });

  for (const format of ['json', 'yaml', 'sarif', 'junit']) {
    test(`structured ${format} is the same byte for byte`, () => {
      const compared = outputs(ruleNames, '-S', 'none', '-z', '-o', format);
      assert.ok(compared.length > 0);
      for (const { native, own } of compared) assert.equal(own, native);
    });
  }

  test('the console report is the same but for the order of resources', () => {
    let compared = 0;
    for (const name of ruleNames) {
      for (const { native, own } of outputs([name], '-S', 'all')) {
        assert.equal(comparable(own), comparable(native), name);
        compared++;
      }
    }
    assert.ok(compared > 0);
  });

  test('the tree and the records are the same', () => {
    for (const name of ruleNames.filter((_, at) => at % 20 === 0)) {
      for (const { native, own } of outputs([name], '-S', 'none', '-v', '-p', '-o', 'yaml')) {
        assert.equal(own, native, name);
      }
    }
  });
});

describe('Reports of the conformance vectors beside the native tool', {
  skip: guard.path === undefined && guard.reason,
}, () => {
  let directory = '';
  before(() => {
    directory = realpathSync(mkdtempSync(join(tmpdir(), 'vectors-')));
  });
  after(() => rmSync(directory, { recursive: true }));

  for (const options of ['-S all -v -p', '-S none -z -o json', '-S none -z -o sarif']) {
    test(`validate ${options} prints the same, but for the order of rules in the generic report`, () => {
      for (const { name, rules: text, data } of judgedVectors()) {
        writeFileSync(join(directory, 'r.guard'), text);
        writeFileSync(join(directory, 'd.yaml'), data);
        const run = parseRun(directory, ['-r', 'r.guard', '-d', 'd.yaml', ...options.split(' ')]);
        const native = nativeOutput(guard.path ?? '', run);
        assert.ok(native !== undefined, name);
        assert.equal(sortedLines(ownOutput(run)), sortedLines(native), name);
      }
    });
  }
});

function judgedVectors(): readonly { name: string; rules: string; data: string }[] {
  const folder = fileURLToPath(new URL('../../../fixtures/conformance', import.meta.url));
  const all = readdirSync(folder).flatMap((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
  return all.filter((vector) => vector.expect_error === undefined);
}

function sortedLines(text: string): string {
  return text.split('\n').sort().join('\n');
}

function isReadable(path: string): boolean {
  try {
    loadGuardData(path, readFileSync(path));
    return true;
  } catch (error) {
    if (error instanceof DataError) return false;
    throw error;
  }
}

/** Resources in byte order. Of several, excerpts depend on the order in which they were printed, so they go. */
function comparable(report: string): string {
  const [head = '', ...resources] = report.split(/^(?=Resource = )/m);
  if (resources.length < 2) return report;
  const last = resources.at(-1) ?? '';
  const end = last.indexOf('\n}\n') + 3;
  resources[resources.length - 1] = last.slice(0, end);
  const sorted = resources.map((resource) => resource.replace(/^ +\d+\..*\n/gm, '')).sort();
  return [head, ...sorted, last.slice(end)].join('');
}
