import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FIXES } from '../../src/fix/fixes.ts';
import { diffLines, linesOf } from '../../src/fix/line-diff.ts';
import { loadTemplates } from '../../src/template/templates.ts';
import type { Value } from '../../src/value/value.ts';
import { judgeBy, mend } from '../fix/mend.ts';
import { Choices, decisions } from './arbitraries/choices.ts';
import type { Data, DataMap } from './arbitraries/data.ts';
import { ecsTemplate } from './arbitraries/ecs.ts';
import { jsonOf, type Path, placeOf, type Written, writeJson, writeYaml } from './arbitraries/notation.ts';
import { holds, weighted } from './property.ts';

/** Each text is judged once, since all properties are tried with the same. */
const judged = once(judgeBy('strict'), (bytes) => bytes.toString());
const mended = once(
  (text: string) => mend(text, judged),
  (text) => text,
);

function once<Input, Output>(
  work: (input: Input) => Output,
  keyOf: (input: Input) => string,
): (input: Input) => Output {
  const known = new Map<string, Output>();
  return (input) => {
    const key = keyOf(input);
    const output = known.get(key) ?? work(input);
    known.set(key, output);
    return output;
  };
}

const notations = weighted<(data: Data) => Written>(
  [
    4,
    fc.tuple(decisions, fc.boolean()).map(
      ([numbers, aliases]) =>
        (data) =>
          writeYaml(data, new Choices(numbers), { aliases }),
    ),
  ],
  [1, fc.constantFrom('', '  ').map((indent) => (data) => writeJson(data, indent, false))],
);

const templates = fc.tuple(ecsTemplate, notations).map(([data, write]) => write(data));

const RUNS = 20;

const show = ({ text }: Written) => text;

test('what has been repaired is not repaired again', () =>
  holds(
    RUNS,
    templates,
    ({ text }) => {
      const first = mended(text);
      const second = mended(first.text);
      assert.equal(second.text, first.text);
      assert.deepEqual(second.fixed, []);
    },
    show,
  ));

test('a repair satisfies its rules and makes no other one fail or undecided', () =>
  holds(
    RUNS,
    templates,
    ({ text }) => {
      const repaired = mended(text);
      const before = judged(Buffer.from(text));
      const after = judged(Buffer.from(repaired.text));
      const fixed = repaired.fixed.map(({ identity }) => identity);
      for (const list of ['findings', 'unknowns'] as const) {
        const old = identitiesOf(before[list]);
        for (const [identity, count] of identitiesOf(after[list])) {
          assert.ok(count <= (old.get(identity) ?? 0), `${identity} is new`);
          if (list === 'findings' && fixed.includes(identity))
            assert.ok(count < old.get(identity)!, `${identity} is still there`);
        }
      }
    },
    show,
  ));

test('a repair touches no line outside of what it repairs', () =>
  holds(
    RUNS,
    templates,
    ({ text, places }) => {
      const { text: after, fixed } = mended(text);
      const repaired = judged(Buffer.from(text)).findings.filter((found) =>
        fixed.some(({ identity }) => identity === found.identity),
      );
      const regions = repaired.map(({ path }) => {
        const { start, end } = places.get(placeOf(regionOf(path)))!;
        return [linesOf(text.slice(0, start + 1)).length - 1, linesOf(text.slice(0, end)).length] as const;
      });
      for (const { at, removed } of diffLines(linesOf(text), linesOf(after)))
        for (let line = at; line < at + Math.max(removed, 1); line++)
          assert.ok(
            regions.some(([first, end]) => first <= line && line <= end - (removed > 0 ? 1 : 0)),
            `line ${line + 1} has changed in\n${after}`,
          );
    },
    show,
  ));

test('nothing is changed that need not be: taken back, any part of a repair is a violation again', () => {
  const judgedAgain = judgeBy('strict', (rule) => Object.hasOwn(FIXES, rule));
  const violations = (data: Data) => identitiesOf(judgedAgain(Buffer.from(jsonOf(data))).findings);
  return holds(
    RUNS,
    templates,
    ({ text }) => {
      const repaired = mended(text);
      const after = plain(rootOf(repaired.text));
      const changes = changesBetween(plain(rootOf(text)), after);
      assert.equal(changes.length > 0, repaired.fixed.length > 0);
      const known = violations(after);
      for (const { path, takenBack } of changes)
        assert.ok(
          [...violations(takenBack())].some(([identity, count]) => count > (known.get(identity) ?? 0)),
          `${placeOf(path)} was changed for nothing in\n${repaired.text}`,
        );
    },
    show,
  );
});

function identitiesOf(found: readonly { readonly identity: string }[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { identity } of found) counts.set(identity, (counts.get(identity) ?? 0) + 1);
  return counts;
}

/** The container that a path leads to or into, or else the properties of the resource. */
function regionOf(path: string): Path {
  const [, section, resource, properties, list, index] = path.split('/');
  if (list !== 'ContainerDefinitions' || index === undefined)
    return [section!, resource!, properties ?? 'Properties'];
  return [section!, resource!, properties!, list, /^\d+$/.test(index) ? Number(index) : index];
}

function rootOf(text: string): Value {
  return loadTemplates('t', Buffer.from(text))[0]!.root;
}

function plain(value: Value): Data {
  if (value.kind === 'list') return value.value.map(plain);
  if (value.kind === 'map')
    return Object.fromEntries(value.value.values.map((entry) => [String(entry.key), plain(entry)]));
  return value.value as Data;
}

interface Difference {
  readonly path: Path;
  /** All that came after, but for this. */
  takenBack(): Data;
}

function changesBetween(
  before: Data,
  after: Data,
  path: Path = [],
  rebuild: (part: Data) => Data = (part) => part,
): Difference[] {
  if (jsonOf(before) === jsonOf(after)) return [];
  if (!isMap(before) || !isMap(after)) {
    const isLists = Array.isArray(before) && Array.isArray(after) && before.length === after.length;
    if (!isLists) return [{ path, takenBack: () => rebuild(before) }];
    return before.flatMap((element, at) =>
      changesBetween(element, after[at]!, [...path, at], (part) => rebuild(after.with(at, part))),
    );
  }
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key): Difference[] => {
    const { [key]: now, ...others } = after;
    const inner = [...path, key];
    if (!Object.hasOwn(before, key)) return [{ path: inner, takenBack: () => rebuild(others) }];
    const put = (part: Data) => rebuild({ ...after, [key]: part });
    return now === undefined
      ? [{ path: inner, takenBack: () => put(before[key]!) }]
      : changesBetween(before[key]!, now, inner, put);
  });
}

function isMap(data: Data): data is DataMap {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}
