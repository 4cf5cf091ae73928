import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check } from '../../src/check/check.ts';
import type { Report } from '../../src/report/report.ts';
import { type Cleanup, withRepo } from '../support/repo.ts';

/* Files that somebody may have made to break a gate. None of them may pass, end the program or keep it busy for ever. */

const HEAD = `AWSTemplateFormatVersion: 2010-09-09
Resources:
  A:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: ${'a'.repeat(4000)}!
      ContainerDefinitions:
        - Name: a
          Image: a
          User: root
`;

/** Ten lines, each of which repeats the one before ten times. */
const BOMB = Array.from({ length: 10 }, (_, at) => {
  const item = at === 0 ? 'x' : `*a${at - 1}`;
  return `a${at}: &a${at} [${Array(10).fill(item).join(', ')}]\n`;
}).join('');

const json = (properties: string) =>
  `{"Resources":{"A":{"Type":"AWS::ECS::TaskDefinition","Properties":${properties}}}}`;

/** Templates that cannot be judged, and the place that is named; no place where the whole file is meant. */
const UNUSABLE: Readonly<Record<string, { readonly content: string | Buffer; readonly at?: string }>> = {
  'alias-bomb.yml': { content: BOMB + HEAD, at: '6:' },
  'own-alias.yml': { content: `x: &x\n  <<: *x\n${HEAD}`, at: '2:7' },
  'deep-brackets.yml': { content: `${HEAD}x: ${'['.repeat(100_000)}`, at: '11:' },
  'deep-objects.json': { content: json(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`), at: '1:' },
  'deep-blocks.yml': {
    content: HEAD + Array.from({ length: 2000 }, (_, at) => `${' '.repeat(at)}k:\n`).join(''),
    at: '1011:',
  },
  'deep-dashes.yml': { content: `${HEAD}x:\n  ${'- '.repeat(100_000)}a\n`, at: '12:' },
  'nul.yml': { content: HEAD.replace('root', 'ro\0ot'), at: '10:19' },
  'not-utf-8.yml': { content: Buffer.concat([Buffer.from(HEAD), Buffer.from([0x7a, 0xff])]), at: '11:' },
  'cut-utf-8.yml': { content: Buffer.concat([Buffer.from(HEAD), Buffer.from([0xf0, 0x9f])]), at: '11:' },
  'utf-16.yml': { content: Buffer.from(`\ufeff${HEAD}`, 'utf16le'), at: '1' },
  'lone-surrogate.json': {
    content: json('{"ContainerDefinitions":[{"Name":"\\ud800","User":"root"}]}'),
    at: '1:',
  },
  'list-as-key.yml': { content: `${HEAD}          ? [a, b]\n          : c\n`, at: '11:' },
  'open-quote.yml': { content: `${HEAD}          Command: "a\n`, at: '12:' },
  'open-bracket.yml': { content: `${HEAD}          Command: [a\n`, at: '12:' },
  'open-json.json': { content: json('{"ContainerDefinitions":[{"User":"root"').slice(0, -3), at: '1:' },
  'many-values.yml': { content: `${HEAD}x: [${'a,'.repeat(600_000)}]\n`, at: '11:' },
  'many-containers.json': {
    content: json(`{"ContainerDefinitions":[${'{"User":"root"},'.repeat(300_000)}{}]}`),
    at: '1:',
  },
  'chained-merges.yml': {
    content: `${HEAD}x0: &x0 {k0: 1}\n${Array.from({ length: 3000 }, (_, at) => `x${at + 1}: &x${at + 1} {<<: *x${at}, k${at + 1}: 1}\n`).join('')}`,
    at: '717:',
  },
  'hidden-and-deep.json': {
    content: json(`${'['.repeat(2000)}${']'.repeat(2000)}`)
      .replace('Resources', '\\u0052esources')
      .replace('::', ':\\u003A'),
    at: '1:',
  },
  'byte-order-mark-inside.yml': { content: `${HEAD}\ufeffx: a\n  - b`, at: '11:' },
  'huge.yml': { content: `${HEAD}# ${'x'.repeat(17 * 1024 * 1024)}\n` },
};

test('templates that nothing can be made of are errors with a place, and never pass', async (t) => {
  const { templates, diagnostics } = await reportOn(t, UNUSABLE);
  for (const [name, { at = '' }] of Object.entries(UNUSABLE)) {
    assert.equal(templates.find(({ path }) => path === name)?.status, 'ERROR', name);
    const said = diagnostics.filter(({ file }) => file === name);
    assert.equal(said.length, 1, name);
    const { line, column, help } = said[0]!;
    assert.ok(`${line ?? ''}:${column ?? ''}`.startsWith(at), `${name} at ${line}:${column}`);
    assert.notEqual(help, undefined, name);
  }
});

/** A template with a user, in which each condition asks twice for the one before. */
function templateWith(user: string): string {
  const conditions = Array.from({ length: 60 }, (_, at) => {
    const before = `{"Condition":"C${at}"}`;
    return `"C${at + 1}":{"Fn::Or":[{"Fn::And":[${before},{"Fn::Equals":[{"Ref":"Stage"},"${at}"]}]},{"Fn::Not":[${before}]}]}`;
  });
  const container = `{"Name":"a","User":${user}}`;
  return `{"Parameters":{"Stage":{"Type":"String","Default":"0"},"Nothing":{"Type":"String","Default":""}},
"Conditions":{"C0":{"Fn::Equals":[{"Ref":"Stage"},"x"]},${conditions.join(',')}},
${json(`{"ContainerDefinitions":[${container}]}`).slice(1)}`;
}

function nested(count: number, call: (inside: string) => string): string {
  return Array.from({ length: count }).reduce<string>((inside) => call(inside), '"root"');
}

/** Templates with a root user that odd contents must not hide, and where it is found. */
const ODD: Readonly<
  Record<string, { readonly content: string | Buffer; readonly places: readonly string[] }>
> = {
  'byte-order-mark.yml': { content: `\ufeff${HEAD}`, places: ['10:17'] },
  'huge-numbers.yml': {
    content: `${HEAD}          Memory: ${'9'.repeat(100_000)}\n          Cpu: 1e999999999\n`,
    places: ['10:17'],
  },
  'long-line.yml': { content: `${HEAD}          Image2: ${'v'.repeat(1_000_000)}\n`, places: ['10:17'] },
  'many-anchors.yml': {
    content: HEAD + Array.from({ length: 20_000 }, (_, at) => `          K${at}: &a${at} v\n`).join(''),
    places: ['10:17'],
  },
  'merged.yml': { content: `x: &x {User: root}\n${HEAD.replace('User: root', '<<: *x')}`, places: ['1:14'] },
  'names-of-javascript.json': {
    content: `{"__proto__":{"x":1},"Resources":{"__proto__":{"Type":"AWS::ECS::TaskDefinition","Properties":{"ContainerDefinitions":[
{"constructor":{"prototype":1},"Name":"__proto__","User":"root","toString":"x","hasOwnProperty":1}]}},"constructor":{"Type":"AWS::ECS::TaskDefinition","Properties":{"ContainerDefinitions":[
{"Name":"constructor","User":"root"}]}}}}`,
    places: ['2:', '3:'],
  },
  'twice.yml': { content: `${HEAD}          User: '0'\n`, places: ['11:17'] },
  'second-document.yml': { content: `a: b\n---\n${HEAD}`, places: ['12:17'] },
  'old-line-ends.yml': { content: HEAD.replaceAll('\n', '\r'), places: ['1:'] },
  'many-documents.yml': { content: `${HEAD}${'---\na: b\n'.repeat(20_000)}`, places: ['10:17'] },
  'many-keys.yml': {
    content: `${HEAD}${Array.from({ length: 100_000 }, (_, at) => `          K${at}: v\n`).join('')}`,
    places: ['10:17'],
  },
  'nested-joins.json': {
    content: templateWith(nested(300, (inside) => `{"Fn::Join":["",[${inside},{"Ref":"Nothing"}]]}`)),
    places: ['3:'],
  },
  'nested-choices.json': {
    content: templateWith(nested(300, (inside) => `{"Fn::Select":[0,[${inside},{"Ref":"Nothing"}]]}`)),
    places: ['3:'],
  },
  'chained-conditions.json': {
    content: templateWith('{"Fn::If":["C60","root","app"]}'),
    places: ['3:'],
  },
  'long-comment.yml': { content: `${HEAD}# ${'x'.repeat(1_000_000)}\n`, places: ['10:17'] },
  'carriage-returns.yml': { content: HEAD.replaceAll('\n', '\r\n'), places: ['10:17'] },
};

test('odd contents do not hide a violation', async (t) => {
  const { findings, diagnostics } = await reportOn(t, ODD);
  assert.deepEqual(diagnostics, []);
  for (const [name, { places }] of Object.entries(ODD)) {
    const found = findings.filter(({ file, rule }) => file === name && rule === 'tasks_denied_root_user');
    const shown = found.map(({ line, column }) => `${line}:${column}`);
    assert.equal(shown.length, places.length, name);
    for (const [at, place] of places.entries()) assert.ok(shown[at]!.startsWith(place), `${name}: ${shown}`);
  }
});

const USERS = "Resources.*[ Type == 'AWS::ECS::TaskDefinition' ].Properties";

/** Rules that cannot be used on a template, or not at all. */
const RULES: Readonly<Record<string, string | Buffer>> = {
  'calls-itself.guard': 'rule f(x) { f(%x) }\nrule r { f(Resources) }',
  'each-other.guard': 'rule a when b { Resources exists }\nrule b when a { Resources exists }',
  'variables-in-a-circle.guard': 'let x = %y\nlet y = %x\nrule r { %x exists }',
  'backtracking.guard': `rule r { ${USERS}.Family == /(.*)*x(?=y)\\1/ }`,
  'huge-pattern.guard': 'rule r { Resources == /(((((((a{1000}){1000}){1000}){10}))))/ }',
  'growing-text.guard': `let a0 = ${USERS}.Family\n${growing(12, "'a', 'aaaaaaaaaa'")}rule r { %a12 exists }`,
  'doubling-text.guard': `let a0 = ${USERS}.Family\n${growing(40, "'^(.*)$', '${1}${1}'")}rule r { %a40 exists }`,
  'joined-text.guard': `let all = ${USERS}.ContainerDefinitions[*].*\nlet a0 = join(%all, '${'x'.repeat(20)}')\n${Array.from({ length: 60 }, (_, at) => `let a${at + 1} = join(%all, %a${at})\n`).join('')}rule r { %a60 exists }`,
  'same-key-again.guard': `let key = [${"'Resources',".repeat(2000)}'Resources']\nlet name = [${"'A',".repeat(2000)}'A']\nrule r { this.%key.%name exists }`,
  'calling-twice.guard': `${Array.from({ length: 40 }, (_, at) => `rule f${at}(x) { f${at + 1}(%x) f${at + 1}(%x) }\n`).join('')}rule f40(x) { %x exists }\nrule r { f0(Resources) }`,
  'long-chain.guard': `let a0 = Resources\n${Array.from({ length: 20_000 }, (_, at) => `let a${at + 1} = %a${at}\n`).join('')}rule r { %a20000 exists }`,
  'unfolding-text.guard': `let a = json_parse('[&a [${'x,'.repeat(20_000)}], ${'*a,'.repeat(40)}]')\nrule r { %a exists }`,
  'many-alternatives.guard': `rule r { Resources == /(${Array.from({ length: 10_000 }, (_, at) => at).join('|')}){50}/ }`,
  'huge.guard': `rule r { Resources exists }\n# ${'x'.repeat(5 * 1024 * 1024)}`,
  'deep-parentheses.guard': `rule r { ${'('.repeat(100_000)}`,
  'deep-lists.guard': `rule r { Resources == ${'['.repeat(100_000)}`,
  'deep-filters.guard': `rule r { Resources${'[ a exists '.repeat(50_000)}`,
  'open-text.guard': "rule r { Resources == 'abc",
  'open-message.guard': `rule r { Resources exists << ${'x'.repeat(100_000)}`,
  'not-utf-8.guard': Buffer.from([0x72, 0x75, 0x6c, 0x65, 0xff]),
};

/** What is about the whole file. */
const WITHOUT_PLACE = new Set(['huge.guard', 'long-chain.guard']);

/** Each variable replaces in the one before. */
function growing(count: number, replacement: string): string {
  return Array.from(
    { length: count },
    (_, at) => `let a${at + 1} = regex_replace(%a${at}, ${replacement})\n`,
  ).join('');
}

test('rules that cannot be judged are errors, and never pass', async (t) => {
  for (const [name, content] of Object.entries(RULES)) {
    const report = await reportOn(t, { 'a.yml': { content: HEAD } }, { [name]: content });
    assert.equal(report.diagnostics.length, 1, name);
    assert.equal(report.diagnostics[0]!.file, name);
    assert.equal(report.diagnostics[0]!.line !== undefined, !WITHOUT_PLACE.has(name), name);
  }
});

test('patterns that take other engines for ever are decided', async (t) => {
  const rules = `rule greedy { ${USERS}.Family != /^(a+)+$/ }\nrule either { ${USERS}.Family != /^(a|aa)+$/ }\n`;
  const report = await reportOn(t, { 'a.yml': { content: HEAD } }, { 'r.guard': rules });
  assert.deepEqual(report.diagnostics, []);
  assert.equal(report.templates[0]!.status, 'PASS');
});

/** By the default pack, or by some rules instead. */
async function reportOn(
  t: Cleanup,
  files: Readonly<Record<string, { readonly content: string | Buffer }>>,
  rules?: Readonly<Record<string, string | Buffer>>,
): Promise<Report> {
  const repo = withRepo(t);
  for (const [name, { content }] of Object.entries(files)) repo.write(name, content);
  for (const [name, content] of Object.entries(rules ?? {})) repo.write(name, content);
  return check({
    cwd: repo.path,
    env: repo.env,
    paths: Object.keys(files),
    ...(rules === undefined ? {} : { packs: [], rules: Object.keys(rules) }),
    elapsed: () => 0,
  });
}
