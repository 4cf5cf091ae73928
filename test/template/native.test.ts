import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { DataError, loadGuardData } from '../../src/template/guard-data.ts';
import { nativeGuard } from '../support/native.ts';
import { Random } from '../support/random.ts';

const ROUNDS = Number(process.env.TEMPLATE_ROUNDS ?? 400);

const PIECES = [
  'a',
  'b: ',
  'c:',
  ' ',
  '  ',
  '\n',
  '\n  ',
  '\n ',
  '- ',
  '-',
  '? ',
  ': ',
  ':',
  '"x"',
  "'y'",
  '[',
  ']',
  '{',
  '}',
  ',',
  '!Ref ',
  '!Sub\n',
  '&a ',
  '*a',
  '#',
  '# c',
  ' #c',
  '|\n',
  '>-\n',
  '|+\n',
  "''",
  '"\\n"',
  '\t',
  '---\n',
  '...\n',
  '--- ',
  '1',
  '1.5',
  'true',
  'null',
  '~',
  'yes',
  'no',
  '\r\n',
  '%',
  '@',
  '`',
  '!!int ',
  '!!str ',
  'key: v\n',
  '- i\n',
  '  k: v\n',
  'é',
  '😀',
  '\ufeff',
  '"a\nb"',
  "'a\n b'",
  '\\',
  '%YAML 1.1\n',
  '%TAG ! tag:x,2000:\n',
  '!x!y ',
  '<<: ',
  '-5',
  '+3',
  '.5',
  '1e3',
  '0x1',
  'a: {b: [c, d]}\n',
  '? k\n: v\n',
  '"k": ',
];
const SEEDS = [
  'Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties:\n      Tags:\n      - Key: a\n        Value: !Sub "x-$Y"\n',
  '{"a": {"b": [1, 2.5, true, null, "x"]},\n "c": "d"}\n',
  'a: |\n  line\n   more\n\n  end\nb: >-\n  folded\n  text\n\n  para\nc: last\n',
  '- a: 1\n  b: [x, {y: z}]\n- !Ref Foo\n- "q\n  r"\n',
];

function makeText(roll: (bound: number) => number): string {
  const piece = () => PIECES[roll(PIECES.length)]!;
  let text = '';
  if (roll(2) === 0) {
    for (let count = roll(9); count >= 0; count--) text += piece();
    return text;
  }
  text = SEEDS[roll(SEEDS.length)]!;
  for (let count = roll(3); count >= 0; count--) {
    const at = roll(text.length + 1);
    text = text.slice(0, at) + (roll(3) > 0 ? piece() : '') + text.slice(at + (roll(3) === 0 ? roll(4) : 0));
  }
  return text;
}

describe('mutated documents', () => {
  const native = nativeGuard('3.2.0');
  if (native.path === undefined) {
    it('are read as native reads them', { skip: native.reason });
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'template-native-'));
  after(() => rmSync(folder, { recursive: true }));
  const rules = join(folder, 'r.guard');
  const data = join(folder, 'd.yaml');
  // The failing check makes the report repeat the whole document.
  writeFileSync(rules, 'rule r { this !exists }\n');

  function nativeReading(text: string): string {
    writeFileSync(data, text);
    const options = ['validate', '-r', rules, '-d', data, '--structured', '-o', 'json', '-S', 'none'];
    const { status, stdout, stderr } = spawnSync(native.path!, options, { encoding: 'utf8' });
    if (status === 19) return checkedValue(stdout);
    return status === 255 ? stderr.replace('Error occurred ', '').replace(/\n$/, '') : 'crash';
  }

  function ownReading(text: string): string {
    try {
      return jsonOf(loadGuardData(data, Buffer.from(text)).root);
    } catch (error) {
      if (error instanceof DataError) return error.message;
      throw error;
    }
  }

  it(`are read as native reads them (${ROUNDS} documents)`, () => {
    const random = new Random(20240611);
    const roll = (bound: number) => random.below(bound);
    for (let round = 0; round < ROUNDS; round++) {
      const text = makeText(roll);
      const expected = nativeReading(text);
      const actual = ownReading(text);
      if (expected === 'crash') assert.match(actual, /^Parser Error/, JSON.stringify(text));
      else assert.equal(actual, expected, JSON.stringify(text));
    }
  });
});

/** The value of the one check in a structured report, in the JSON text of the report itself without white space. */
function checkedValue(report: string): string {
  const parsed = JSON.parse(report) as Array<{ not_compliant: unknown[] }>;
  const found = /"value": \{\s*"path": "",\s*"value": ([\s\S]*?)\n\s{20,}\},\n\s*"comparison"/.exec(
    report,
  )?.[1];
  assert.ok(found !== undefined && parsed.length === 1, report);
  return compact(found);
}

/** Removes white space outside strings. */
function compact(json: string): string {
  return json.replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1');
}

function jsonOf(root: ReturnType<typeof loadGuardData>['root']): string {
  switch (root.kind) {
    case 'list':
      return `[${root.value.map(jsonOf).join(',')}]`;
    case 'map':
      return `{${root.value.values.map((entry) => `${JSON.stringify(entry.key)}:${jsonOf(entry)}`).join(',')}}`;
    case 'float':
      return Number.isInteger(root.value) ? `${root.value}.0` : String(root.value);
    case 'string':
      return JSON.stringify(root.value);
    default:
      return String(root.value);
  }
}
