import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRules } from '../../src/language/parser.ts';
import { jsonDocument } from '../../src/reporters/native/document.ts';
import { parseTreeJson } from '../../src/reporters/parse-tree.ts';
import { Source } from '../../src/source/source.ts';
import { NativeParser } from '../language/native-parser.ts';
import { nativeGuard } from '../support/native.ts';
import { controlTowerRules, vectors } from '../support/rule-texts.ts';

const guard = nativeGuard();
const skip = guard.path === undefined ? guard.reason : false;

test('the parse tree of every sound rule file is the native one', { skip }, () => {
  const native = new NativeParser(guard.path ?? '');
  const sound = vectors().filter(({ expect_error }) => expect_error !== 'parse-rules');
  const texts = [...sound.map(({ rules }) => rules), ...controlTowerRules().map(({ text }) => text)];
  const comparable = native.comparable(texts);
  for (let at = 0; at < comparable.length; at += 50) {
    // Rule files that stand behind each other are a rule file, and one process is cheaper than fifty.
    const text = comparable.slice(at, at + 50).join('\n');
    assert.deepEqual(tree(text), native.tree(text));
  }
});

test('names and places of a small file', () => {
  assert.deepEqual(tree('let é = 1'.replace('é', 'x')), {
    assignments: [{ var: 'x', value: { Value: { path: '', value: 1 } } }],
    guard_rules: [],
    parameterized_rules: [],
  });
});

test('columns of functions are counted in bytes, all others in characters', () => {
  const { guard_rules: rules } = tree('rule r {\n"é" == count(é) "é" exists }'.replace('(é)', '(a)')) as {
    guard_rules: { block: { conjunctions: { Clause: { Clause: { access_clause: Located } } }[][] } }[];
  };
  const [[first], [second]] = rules[0]!.block.conjunctions as [[ClauseOf], [ClauseOf]];
  assert.deepEqual(first.Clause.Clause.access_clause.location, { line: 2, column: 1 });
  assert.deepEqual(first.Clause.Clause.access_clause.compare_with?.FunctionCall.location, {
    line: 2,
    column: 9,
  });
  assert.deepEqual(second.Clause.Clause.access_clause.location, { line: 2, column: 17 });
});

interface Located {
  readonly location: unknown;
  readonly compare_with: { readonly FunctionCall: { readonly location: unknown } } | null;
}
interface ClauseOf {
  readonly Clause: { readonly Clause: { readonly access_clause: Located } };
}

/** The tree as JSON tells it, with literals in their JSON form. */
function tree(text: string): unknown {
  const source = new Source('rules.guard', text);
  return JSON.parse(jsonDocument(parseTreeJson(parseRules(source), source)));
}
