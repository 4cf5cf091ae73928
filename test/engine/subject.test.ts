import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate, trace, traceFailures, traceReasons } from '../../src/engine/evaluate.ts';
import type { EventRecord } from '../../src/engine/record.ts';
import { Subject } from '../../src/engine/subject.ts';
import { findings } from '../../src/report/findings.ts';
import { pathOf } from '../../src/value/path.ts';
import { dataOf, programOf } from '../support/judge.ts';

function indexed(data: string, ...types: string[]): string[] | undefined {
  return new Subject(dataOf(data)).resourcesOfTypes(types.length === 0 ? ['A'] : types)?.map(pathOf);
}

test('resources are found by type in document order', () => {
  const data = 'Resources: {b: {Type: A}, c: {Type: B}, a: {Type: A}}';
  assert.deepEqual(indexed(data), ['/Resources/b', '/Resources/a']);
  assert.deepEqual(indexed(data, 'C'), []);
  assert.deepEqual(indexed(data, 'B', 'A'), ['/Resources/b', '/Resources/c', '/Resources/a']);
  assert.deepEqual(indexed(data, 'B', 'C'), ['/Resources/c']);
});

const SPECIAL = {
  'no Resources': 'Parameters: {}',
  'Resources in another spelling': 'resources: {b: {Type: A}}',
  'no resource at all': 'Resources: {}',
  'Resources as a list': 'Resources: [{Type: A}]',
  'a resource that is no map': 'Resources: {b: 5, c: {Type: A}}',
  'a resource that is a list': 'Resources: {b: [{Type: A}]}',
  'a list of types': 'Resources: {b: {Type: [A, A]}, c: {Type: []}}',
  'a type in lower case': 'Resources: {b: {type: A}}',
  'duplicate logical ids': 'Resources: {b: {Type: A}, b: {Type: B}, c: {Type: A}}',
};

for (const [what, data] of Object.entries(SPECIAL)) {
  test(`${what}: the document is walked, not looked up`, () => {
    assert.equal(indexed(data), undefined);
  });
}

const REGULAR = [
  'Resources: {b: {Type: A, size: 1}, c: {Type: B}, d: {Type: A, size: 2}}',
  'Resources: {b: {Type: A}, c: {Type: B, size: 1}, d: {Type: A, kind: {Type: A}}}',
  'Resources: {b: {Type: 5}, c: {Type: null}, d: {size: 1}, e: {Type: {x: 1}}, f: {Type: A, size: 1}}',
];

const QUERIES = [
  "Resources.*[ Type == 'A' ] exists",
  "Resources.*[ Type == 'A' ] !empty",
  "Resources.*[ Type == 'Z' ] empty",
  "Resources.*[ Type == 'A' ].size == 1",
  "some Resources.*[ Type == 'A' ].size == 2",
  "Resources.*[ Type == 'A'\n size == 1 ] !empty",
  "Resources.*[ Type == 'A'\n size == 3 ] !empty",
  "Resources.*[ Type == 'A'\n missing[ x == 1 ] == 1 ] !empty",
  "Resources.*[ Type == 'A'\n size == 1 or size == 2 ] { size < 2 }",
  'A::B size exists',
  "Resources.*[ Type in ['B', 'A'] ].size == 1",
  "Resources.*[ Type in ['Z', /A/] ] !empty",
  "Resources.*[ Type in 'CAB' ] !empty",
  'Resources.*[ Type in [] ] empty',
  "Resources.*[ Type not in ['B'] ] !empty",
  "Resources.*[ Type == 'B' or Type == 'A' ].size == 1",
  "Resources.*[ Type == 'A' or size == 2 ].size == 1",
  "Resources[ Type == 'A' ].size == 1",
  "Resources[ Type in ['A', 'B']\n size == 1 ] !empty",
  "let t = 'A'\n Resources.*[ Type == %t ].size == 1",
  "let t = ['A', 'B']\n Resources.*[ Type in %t ].size == 1",
  "let t = ['A']\n Resources.*[ Type == %t ].size == 1",
  'let t = Resources.*.Type\n Resources.*[ Type == %t ].size == 1',
  "let t = 'A'\n Resources.*[ Type == t ] !empty",
  "let t = 'A'\n Resources.*[ Type == %t.x ] !empty",
  "let t = 'A'\n Resources.*[ %t == 'A' ].size == 1",
  "Resources.*[ size == 'A' ] !empty",
  "Resources.*[ Type.x == 'A' ] !empty",
  "Resources.*[ kind.Type == 'A' ] !empty",
  "Resources.*[ Type == 'A' or size exists ] !empty",
  "Resources.*[ Type == 'A'\n size empty ] !empty",
  "Resources.*[ Type > 'A' ] !empty",
  'Resources.*[ Type == /A/ ] !empty',
  'Resources.*[ Type exists ] !empty',
  "Resources.*[ n | Type == 'A' ] !empty\n some %n == 'd'",
  "Resources.d[ Type == 'A' ] !empty",
  "Resources[ size == 1 ][ Type == 'A' ] !empty",
  "Resources.*.*[ Type == 'A' ] !empty",
  "resources.*[ Type == 'A' ] !empty",
  "Resources.*[ type == 'A' ] !empty",
  "let t = 'Z'\n when Resources exists { let t = 'A'\n Resources.*[ Type == %t ].size == 1 }",
];

for (const data of [...REGULAR, ...Object.values(SPECIAL)]) {
  test(`the index changes neither verdicts nor what is found on ${data}`, () => {
    const root = dataOf(data);
    for (const query of QUERIES) {
      const program = programOf(`rule r { ${query} }`);
      const said = (judge: () => unknown) => {
        try {
          return judge();
        } catch (error) {
          return String(error);
        }
      };
      const template = { source: root.source!, root };
      const found = (record: EventRecord) => [
        record.status,
        ...findings(record.children, template).map(({ message, value }) => [pathOf(value), message]),
      ];
      const walked = trace.bind(null, program, new Subject(root));
      const withIndex = said(() => evaluate(program, new Subject(root)).status);
      assert.deepEqual(
        withIndex,
        said(() => walked().status),
        query,
      );
      for (const traced of [traceFailures, traceReasons])
        assert.deepEqual(
          said(() => found(traced(program, new Subject(root)))),
          said(() => found(walked())),
          query,
        );
    }
  });
}
