import { isDay } from '../source/day.ts';
import { nearest } from '../source/nearest.ts';
import type { Template } from '../template/template.ts';
import type { MapValue, Value } from '../value/value.ts';
import type { BadClaim, Claim } from './claim.ts';
import { reasonOf, UNREADABLE_DAY } from './marker.ts';

/** Key in the `Metadata` of a resource or template: `{ ignore: [{ rule, reason, until, container, path }] }`. */
export const METADATA_KEY = 'ecs-guard';

/** Key in `Metadata.guard`, the convention of the rules that AWS publishes: a list of names of rules. */
export const SHARED_KEY = 'SuppressedRules';

const TERMS = ['rule', 'reason', 'until', 'container', 'path'] as const;
const HOW = 'write `{ "rule": "RULE", "reason": "why", "until": "2027-03-31" }`';

/** What the `Metadata` of the templates of a file and of their resources claims. */
export function metadataClaims(templates: readonly Template[]): (Claim | BadClaim)[] {
  return templates.flatMap(({ root }) => {
    const resources = entry(root, 'Resources');
    return [
      ...ownClaims(entry(entry(root, 'Metadata'), METADATA_KEY), root),
      ...(resources?.kind === 'map' ? resources.value.values.flatMap(resourceClaims) : []),
    ];
  });
}

function resourceClaims(resource: Value): (Claim | BadClaim)[] {
  const metadata = entry(resource, 'Metadata');
  return [
    ...ownClaims(entry(metadata, METADATA_KEY), resource),
    ...sharedClaims(entry(entry(metadata, 'guard'), SHARED_KEY), resource),
  ];
}

/** @param about the resource or template whose metadata it is */
function ownClaims(own: Value | undefined, about: Value): (Claim | BadClaim)[] {
  if (own === undefined) return [];
  if (own.kind !== 'map') return [bad(own, 'it must be `{ "ignore": […] }`')];
  const ignore = own.value.get('ignore');
  const unknown = own.value.values
    .filter((value) => value !== ignore)
    .map((value) =>
      bad(value, `\`${value.key}\` means nothing here; \`${METADATA_KEY}\` has the key \`ignore\``),
    );
  if (ignore === undefined) return unknown;
  if (ignore.kind !== 'list') return [...unknown, bad(ignore, `\`ignore\` must be a list; ${HOW}`)];
  return [...unknown, ...ignore.value.map((item) => ownClaim(item, about))];
}

function ownClaim(item: Value, about: Value): Claim | BadClaim {
  if (item.kind !== 'map') return bad(item, `it is no object; ${HOW}`);
  const odd = oddTerm(item);
  if (odd !== undefined) return odd;
  const term = (name: (typeof TERMS)[number]) => item.value.get(name)?.value as string | undefined;
  const rule = term('rule');
  if (rule === undefined) return bad(item, `it names no rule; ${HOW}`);
  const until = term('until') ?? null;
  if (until !== null && !isDay(until)) return bad(item.value.get('until')!, UNREADABLE_DAY);
  return {
    start: item.start,
    rule,
    reason: reasonOf(term('reason') ?? ''),
    until,
    values: [about],
    container: term('container'),
    path: term('path')?.replace(/^\/+|\/+$/g, ''),
    shared: false,
  };
}

/** A misspelled `until` must not make an excuse last for ever. */
function oddTerm(item: MapValue): BadClaim | undefined {
  for (const value of item.value.values) {
    const name = String(value.key);
    if (!(TERMS as readonly string[]).includes(name)) {
      const meant = nearest(name, TERMS) ?? TERMS.join('`, `');
      return bad(value, `\`${name}\` means nothing here; there is \`${meant}\``);
    }
    if (value.kind !== 'string' || value.value === '')
      return bad(value, `\`${name}\` must be a text; ${HOW}`);
  }
  return undefined;
}

function sharedClaims(rules: Value | undefined, resource: Value): (Claim | BadClaim)[] {
  if (rules === undefined) return [];
  if (rules.kind !== 'list') return [bad(rules, `\`${SHARED_KEY}\` must be a list of names of rules`)];
  return rules.value.map((name) =>
    name.kind === 'string'
      ? {
          start: name.start,
          rule: name.value,
          reason: null,
          until: null,
          values: [resource],
          shared: true,
        }
      : bad(name, `\`${SHARED_KEY}\` must be a list of names of rules`),
  );
}

function bad({ start }: Value, mistake: string): BadClaim {
  return { start, mistake };
}

function entry(value: Value | undefined, key: string): Value | undefined {
  return value?.kind === 'map' ? value.value.get(key) : undefined;
}
