import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Assessment, assess, type Excuse, type Standards } from '../../src/check/assess.ts';
import { judge } from '../../src/check/judge.ts';
import { withExtendedPacks } from '../../src/check/pack-names.ts';
import type { ReportFinding } from '../../src/report/report.ts';
import { STANDARD_LIMITS } from '../../src/source/limits.ts';
import { programOf, shippedRules } from '../support/rules.ts';
import { Choices, decisions } from './arbitraries/choices.ts';
import type { Data, DataMap } from './arbitraries/data.ts';
import { ecsTemplate } from './arbitraries/ecs.ts';
import { type Place, placeOf, type Written, writeYaml } from './arbitraries/notation.ts';
import { holds, rarely } from './property.ts';

const PACKS = withExtendedPacks(['recommended']);
const PROGRAMS = shippedRules()
  .filter(({ pack }) => PACKS.includes(pack))
  .map(programOf);

const TODAY = '2027-03-31';

/** What counts of a text, and what is excused. */
function assessed(text: string, excuses: readonly Excuse[] = []): Assessment {
  const bytes = Buffer.from(text);
  const [judged] = judge([{ input: { path: 't.yml', content: bytes }, bytes }], {
    programs: PROGRAMS,
    intrinsics: true,
    limits: STANDARD_LIMITS,
  });
  const standards: Standards = {
    ...{ excuses, onlyNew: false, failOnUnknown: false, today: TODAY },
    levelOf: () => 'error',
  };
  return assess({ path: 't.yml', verdict: judged!.verdict, before: null }, standards);
}

/** A template with a violation that somebody wants to excuse, if it has any. */
interface Case {
  readonly data: DataMap;
  readonly numbers: readonly number[];
  readonly which: number;
  readonly isOver: boolean;
}

const cases = fc.record<Case>({
  data: ecsTemplate,
  numbers: decisions,
  which: fc.nat({ max: 999 }),
  isOver: rarely(5),
});

const written = ({ data, numbers }: Case, value: Data = data) =>
  writeYaml(value, new Choices(numbers), { aliases: false });
const until = ({ isOver }: Case) => (isOver ? '2027-03-30' : TODAY);
const show = (input: Case) => JSON.stringify({ ...input, data: undefined }) + written(input).text;

/** One of the violations and those things that the template could not decide. */
function chosen({ findings, unknowns }: Assessment, { which }: Case): ReportFinding | undefined {
  const all = [...findings, ...unknowns];
  return all[which % all.length];
}

/**
 * Asserts that what was said without an excuse is said with it, and that nothing is excused but what may be.
 *
 * @param wanted what has to be excused unless the excuse is over
 */
function assertHidesOnly(
  before: Assessment,
  after: Assessment,
  isOver: boolean,
  may: (found: ReportFinding) => boolean,
  wanted: ReportFinding | undefined,
): void {
  const all = [...after.findings, ...after.unknowns, ...after.suppressed];
  assert.deepEqual(keysOf(all), keysOf([...before.findings, ...before.unknowns]));
  if (isOver) assert.deepEqual(after.suppressed, []);
  for (const found of after.suppressed) assert.ok(may(found), `${keyOf(found)} is excused`);
  if (wanted !== undefined && !isOver)
    assert.ok(keysOf(after.suppressed).includes(keyOf(wanted)), `${keyOf(wanted)} is not excused`);
}

const keyOf = ({ rule, path, message }: ReportFinding) => JSON.stringify([rule, path, message]);
const keysOf = (found: readonly ReportFinding[]) => found.map(keyOf).sort();

test('a comment hides nothing but its rule where it stands', () =>
  holds(
    30,
    cases,
    (input) => {
      const { text, places } = written(input);
      const before = assessed(text);
      const found = chosen(before, input);
      const place = found && placeAt(places, found.path);
      if (found === undefined || place === undefined) return;
      const comment = `# ecs-guard-ignore ${found.rule}: why, until ${until(input)}`;
      const lineStart = text.lastIndexOf('\n', place.entry - 1) + 1;
      const indentation = text.slice(lineStart, place.entry);
      const isFirst = indentation.trim() === '';
      const after = isFirst
        ? `${text.slice(0, lineStart)}${indentation}${comment}\n${text.slice(lineStart)}`
        : withCommentBehind(text, places, place.entry, comment);
      if (after === undefined) return;
      const scopes = isFirst ? [found.path] : pathsBegun(places, lineStart, text.indexOf('\n', place.entry));
      const beginsThere = (path: string) =>
        found.path.startsWith(`${path}/`) && placeAt(places, path)?.start === place.entry;
      assertHidesOnly(
        before,
        assessed(after),
        input.isOver,
        ({ rule, path }) =>
          rule === found.rule && (scopes.some((scope) => isWithin(path, scope)) || beginsThere(path)),
        isFirst ? found : undefined,
      );
    },
    show,
  ));

test('metadata of a resource hides nothing but its rule in that resource, container or property', () =>
  holds(
    30,
    fc.tuple(cases, fc.constantFrom('resource', 'container', 'path', 'shared')),
    ([input, about]) => {
      const before = assessed(written(input).text);
      const found = chosen(before, input);
      if (found?.resource == null) return;
      const { rule, resource, container } = found;
      const below = found.path.split('/').slice(3).join('/');
      const term =
        about === 'path' && below !== ''
          ? { path: below }
          : about === 'container' && container !== null
            ? { container }
            : {};
      const own = { 'ecs-guard': { ignore: [{ rule, reason: 'why', until: until(input), ...term }] } };
      const isShared = about === 'shared';
      const after = assessed(
        written(
          input,
          withMetadata(input.data, resource, isShared ? { guard: { SuppressedRules: [rule] } } : own),
        ).text,
      );
      assertHidesOnly(
        before,
        after,
        input.isOver && !isShared,
        (other) =>
          other.rule === rule &&
          other.resource === resource &&
          (!('container' in term) || other.container === container) &&
          (!('path' in term) || isWithin(other.path, found.path)),
        found,
      );
    },
    ([input, about]) => `${about} ${show(input)}`,
  ));

test('settings hide nothing but their rule in their resource', () =>
  holds(
    30,
    fc.tuple(cases, fc.boolean()),
    ([input, wholeFile]) => {
      const { text } = written(input);
      const before = assessed(text);
      const found = chosen(before, input);
      if (found === undefined) return;
      const resource = wholeFile ? null : found.resource;
      const excuse = {
        rule: found.rule,
        reason: 'why',
        until: until(input),
        file: 's.json',
        line: 1,
        column: 1,
        resource,
      };
      assertHidesOnly(
        before,
        assessed(text, [excuse]),
        input.isOver,
        (other) => other.rule === found.rule && (resource === null || other.resource === resource),
        found,
      );
    },
    ([input]) => show(input),
  ));

/** Where the value of a path stands. The keys of these templates have no slashes. */
function placeAt(places: Written['places'], path: string): Place | undefined {
  const keys = path.split('/').slice(1);
  return places.get(placeOf(keys.map((key) => (/^\d+$/.test(key) ? Number(key) : key))));
}

/** Paths of the values whose keys or dashes stand between two offsets. */
function pathsBegun(places: Written['places'], start: number, end: number): string[] {
  return [...places].flatMap(([keys, { entry }]) =>
    entry >= start && (end === -1 || entry < end)
      ? (JSON.parse(keys) as string[]).map((key) => `/${key}`).join('')
      : [],
  );
}

/** Undefined where a text in quotes goes on in the next line, in which there are no comments. */
function withCommentBehind(
  text: string,
  places: Written['places'],
  offset: number,
  comment: string,
): string | undefined {
  const feed = text.indexOf('\n', offset);
  const end = feed === -1 ? text.length : text[feed - 1] === '\r' ? feed - 1 : feed;
  const isText = [...places.values()].some(
    (place) => place.start < end && end < place.end && /["']/.test(text[place.start]!),
  );
  return isText ? undefined : `${text.slice(0, end)} ${comment}${text.slice(end)}`;
}

function withMetadata(data: DataMap, resource: string, more: DataMap): DataMap {
  const resources = data.Resources as { [name: string]: DataMap };
  const { Metadata, ...rest } = resources[resource]!;
  return {
    ...data,
    Resources: { ...resources, [resource]: { ...rest, Metadata: { ...(Metadata as DataMap), ...more } } },
  };
}

function isWithin(path: string, scope: string): boolean {
  return path === scope || path.startsWith(`${scope}/`);
}
