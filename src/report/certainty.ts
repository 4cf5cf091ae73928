import { compare } from '../engine/comparison.ts';
import { Outcomes } from '../engine/outcomes.ts';
import { type Check, type EventRecord, isKeyTest, isTest } from '../engine/record.ts';
import { Literal, type Result, resolvedValue, type Unresolved } from '../engine/result.ts';
import type { Status } from '../engine/status.ts';
import { intrinsicOf } from '../intrinsics/intrinsic.ts';
import { isUncertain } from '../intrinsics/possible-template.ts';
import type { AccessClause, BinaryOperator } from '../language/ast.ts';
import type { Value } from '../value/value.ts';
import {
  ANY,
  BIT,
  block,
  conjunction,
  disjunction,
  FAIL,
  guarded,
  nameOf,
  PASS,
  SKIP,
  type Statuses,
} from './statuses.ts';
import { isOpen, type Knowledge, witnessesOf } from './witnesses.ts';

/*
 * Looks at what the second tier recorded and tells what of it holds whatever the values turn out to be that nobody knows.
 * The operators know nothing of this: they compared a reference as the map that it is written as.
 */

/** What is certain about one rule. */
export interface Certainty {
  /** `UNKNOWN`: the rule may come out in more than one way. */
  readonly status: Status | 'UNKNOWN';
  /** The record, in which only what fails for certain has failed. */
  readonly record: EventRecord;
  /** The values that decide about it. */
  readonly unknowns: readonly Value[];
}

/**
 * @param record of a rule
 * @param knowledge what is known about values
 * @param names functions that the rule file looks for by name, so that it means the call and not what that gives
 */
export function certaintyOf(
  record: EventRecord,
  knowledge: Knowledge,
  names: ReadonlySet<string>,
): Certainty {
  const judge = new Judge(knowledge, names);
  return judge.rule(record);
}

class Judge {
  readonly #knowledge: Knowledge;
  readonly #names: ReadonlySet<string>;
  readonly #statuses = new Map<EventRecord, Statuses>();
  readonly #culprits = new Map<EventRecord, Value>();
  /** Values that a filter may or may not let through. */
  readonly #doubtful = new Set<Value>();
  /** Selections that may have led to quite other values: what keys lead to, and what functions make of all. */
  readonly #replaced = new Set<EventRecord>();
  /** Of filters that left out a value that they may have to let through: nothing is known of how that would be judged. */
  readonly #leftOut: EventRecord[] = [];

  constructor(knowledge: Knowledge, names: ReadonlySet<string>) {
    this.#knowledge = knowledge;
    this.#names = names;
  }

  rule(record: EventRecord): Certainty {
    const statuses = this.#possible(record);
    const status = this.#leftOut.length > 0 && statuses !== FAIL ? 'UNKNOWN' : nameOf(statuses);
    const isSettled = status === 'PASS' || status === 'SKIP';
    const seen = new Set<EventRecord>();
    return {
      status,
      record: this.#certain(record),
      unknowns: isSettled
        ? []
        : [...new Set([record, ...this.#leftOut].flatMap((each) => this.#unknownsIn(each, seen)))],
    };
  }

  /** The record with only those failures left that are certain. */
  #certain(record: EventRecord): EventRecord {
    const fails = this.#possible(record) === FAIL;
    if (!fails) return { event: record.event, status: 'SKIP', children: [] };
    return {
      event: record.event,
      status: 'FAIL',
      children: record.children.map((child) => this.#certain(child)),
    };
  }

  /** @param seen what was looked through, since one record may stand below many others */
  #unknownsIn(record: EventRecord, seen: Set<EventRecord>): readonly Value[] {
    if (seen.has(record)) return [];
    seen.add(record);
    const statuses = this.#possible(record);
    if (nameOf(statuses) !== 'UNKNOWN' && !(statuses === FAIL && holdsSeveral(record))) return [];
    const culprit = this.#culprits.get(record);
    return [
      ...(culprit === undefined ? [] : [culprit]),
      ...record.children.flatMap((child) => this.#unknownsIn(child, seen)),
    ];
  }

  // --- Combining -----------------------------------------------------------------------------------------------------

  #possible(record: EventRecord): Statuses {
    const known = this.#statuses.get(record);
    if (known !== undefined) return known;
    // A query may ask for a name that it captures itself.
    this.#statuses.set(record, BIT[record.status]);
    const statuses = this.#find(record);
    this.#statuses.set(record, statuses);
    return statuses;
  }

  #find(record: EventRecord): Statuses {
    const { event, children } = record;
    const own = BIT[record.status];
    if (event.kind === 'check') return this.#check(record, event.check);
    const inside = children.map((child) => this.#possible(child));
    const isOpen = this.#selectionIsOpen(record, inside);
    const isSettled =
      children.every((child, at) => inside[at] === BIT[child.status]) &&
      !this.#restsOnDoubt(children) &&
      !this.#leavesOut(record) &&
      !this.#asksAround(record);
    if (isSettled) return own;
    if (event.kind === 'selection') {
      const { of } = event;
      if (of === 'whole' || of === 'keys' || children.some((child) => this.#replaced.has(child)))
        this.#replaced.add(record);
      return ANY;
    }
    if (event.kind === 'access-clause') return this.#clause(record, event.node, inside, isOpen);
    // Variables are worked out where they are first used, and what their queries leave out is no clause there.
    const clauses = children.filter((child) => !isOfQuery(child));
    const statuses = clauses.map((clause) => this.#possible(clause));
    switch (event.kind) {
      case 'filter':
        return this.#filter(record, event.candidate, conjunction(statuses));
      case 'block-clause':
        return block(event.node.query.matchAll, statuses, isOpen);
      case 'disjunction':
        return disjunction(clauses, statuses);
      default:
        return guarded(clauses, statuses);
    }
  }

  #restsOnDoubt(children: readonly EventRecord[]): boolean {
    return (
      this.#doubtful.size > 0 &&
      children.some((child) => child.event.kind === 'check' && this.#isDoubtful(child))
    );
  }

  /** Whether a function may make something of an argument that it left out, as it does with the call that stands there. */
  #leavesOut(record: EventRecord): boolean {
    if (record.event.kind !== 'selection') return false;
    for (const result of record.event.given) {
      if (result.kind === 'unresolved') continue;
      const value = resolvedValue(result);
      if (this.#knowledge(value)?.unknown == null) continue;
      this.#culprits.set(record, value);
      return true;
    }
    return false;
  }

  /** Whether a filter asked what is around a map, which is the call of a function that may give something else. */
  #asksAround(record: EventRecord): boolean {
    const { event } = record;
    if (event.kind !== 'filter' || event.over !== 'map' || event.context === event.candidate) return false;
    if (this.#knowledge(event.candidate)?.unknown == null) return false;
    this.#culprits.set(record, event.candidate);
    return true;
  }

  /** Notes whether a filter may let a value through or not. */
  #filter(record: EventRecord, candidate: Value, asked: Statuses): Statuses {
    const statuses = this.#asksAround(record) ? ANY : asked;
    const isOpen = (statuses & PASS) !== 0 && statuses !== PASS;
    if (isOpen) this.#doubt(candidate);
    if (isOpen && record.status !== 'PASS') this.#leftOut.push(record);
    return statuses;
  }

  /** Whether a query may select other values than it did. */
  #selectionIsOpen({ event, children }: EventRecord, inside: readonly Statuses[]): boolean {
    if (event.kind !== 'access-clause' && event.kind !== 'block-clause') return false;
    return children.some((child, at) => isOfQuery(child) && isUndecided(inside[at]!, child));
  }

  /** What depends on nothing stands in the tree as it is written, so the way up from it leads through what is written. */
  #doubt(candidate: Value): void {
    this.#doubtful.add(candidate);
    const written = this.#knowledge(candidate)?.written;
    if (written !== undefined) this.#doubtful.add(written);
  }

  #clause(
    { children }: EventRecord,
    node: AccessClause,
    inside: readonly Statuses[],
    isOpen: boolean,
  ): Statuses {
    const { matchAll } = node.query;
    // Nobody knows what is compared with other values on the right side.
    const isComparedWithMore = children.some(
      (child, at) => isRightSide(child) && isUndecided(inside[at]!, child),
    );
    const isReplaced = children.some((child) => this.#replaced.has(child));
    const isSure = (test: EventRecord) =>
      !isComparedWithMore && !isReplaced && !this.#isDoubtful(test) && !(isOpen && isOfNothing(test));
    const tests = children.flatMap((child, at) =>
      isTest(child) ? [{ statuses: inside[at]!, isSure: isSure(child) }] : [],
    );
    if (matchAll && tests.some(({ statuses, isSure }) => isSure && statuses === FAIL)) return FAIL;
    const passesOnce = tests.some(({ statuses, isSure }) => isSure && statuses === PASS);
    if (passesOnce && (!matchAll || asksForSomething(node))) return PASS;
    if (passesOnce && !isOpen && tests.every(({ statuses }) => statuses === PASS)) return PASS;
    return isOpen || tests.some(({ isSure }) => !isSure) ? ANY : PASS | FAIL;
  }

  // --- Tests ---------------------------------------------------------------------------------------------------------

  #isDoubtful(record: EventRecord): boolean {
    const value = this.#testedValue(record);
    for (let at = (value && (entryOfKey(value) ?? value)) ?? null; at !== null; at = at.parent)
      if (this.#doubtful.has(at)) return true;
    return false;
  }

  #testedValue({ event }: EventRecord): Value | undefined {
    if (event.kind !== 'check') return undefined;
    const { check } = event;
    const result =
      check.kind === 'unary' || check.kind === 'missing-block-value'
        ? check.value
        : 'from' in check
          ? check.from
          : null;
    if (result === null) return undefined;
    return result.kind === 'unresolved' ? result.at : resolvedValue(result);
  }

  #check(record: EventRecord, check: Check): Statuses {
    const own = BIT[record.status];
    const nested = record.children.find(({ event }) => event.kind === 'rule');
    if (nested !== undefined && check.clause?.kind === 'rule-reference') {
      const rule = this.#possible(nested);
      const passes = check.clause.not ? FAIL | SKIP : PASS;
      return ((rule & passes) !== 0 ? PASS : 0) | ((rule & ~passes) !== 0 ? FAIL : 0);
    }
    const culprit = this.#culprit(check, record.status === 'PASS');
    if (culprit !== undefined) {
      this.#culprits.set(record, culprit);
      return PASS | FAIL;
    }
    return this.#isDoubtful(record) && own === FAIL ? PASS | FAIL : own;
  }

  /** The unknown value that a test depends on, if it does. */
  #culprit(check: Check, passed: boolean): Value | undefined {
    switch (check.kind) {
      case 'no-value-for-empty':
      case 'rule-reference':
        return undefined;
      case 'missing-block-value':
        return this.#unaryCulprit(null, check.value, passed);
      case 'unary':
        return this.#unaryCulprit(check.clause, check.value, passed);
      case 'comparison':
        return this.#binaryCulprit(check, check.from, check.to === null ? [] : [check.to], passed);
      case 'membership': {
        const { from, to, others = [] } = check;
        const [left] = others;
        // Two sides of one value each are compared with each other, whichever is said to be lacking.
        if (left !== undefined && others.length === 1 && to.length === 1)
          return this.#binaryCulprit(check, left, to, passed);
        return this.#binaryCulprit(check, from, [...to, ...others], passed);
      }
      case 'success': {
        const { clause, from, to } = check;
        if (from === null || clause?.kind === 'rule-reference') return undefined;
        if (clause === null) return this.#keyCulprit(from);
        if (to === null) return this.#unaryCulprit(clause, from, passed);
        return this.#binaryCulprit(
          clause,
          from,
          Array.isArray(to) ? (to as readonly Value[]) : [to as Value],
          passed,
        );
      }
    }
  }

  #unaryCulprit(clause: AccessClause | null, result: Result, passed: boolean): Value | undefined {
    if (result.kind === 'unresolved') return this.#missingCulprit(result, passed);
    const value = resolvedValue(result);
    if (clause === null || clause.operator === 'exists') return this.#insideCulprit(value, passed);
    const about = this.#knowledge(value);
    if (about?.text != null) return undefined;
    return about?.unknown != null ? value : this.#insideCulprit(value, passed);
  }

  /** A key that is missing below something unknown may be there, unless a rule looked for a function by name and did not mean what it gives. */
  #missingCulprit({ at, query, from }: Unresolved, passed: boolean): Value | undefined {
    const about = this.#knowledge(at);
    const part = query.parts[from];
    if (about?.text != null) return undefined;
    if (about?.more != null) return at;
    if (about?.unknown == null) return this.#insideCulprit(at, passed);
    const asksForCall = part?.kind === 'key' && (part.name === 'Ref' || part.name.startsWith('Fn::'));
    return asksForCall && passed && intrinsicOf(at) !== undefined ? undefined : at;
  }

  /**
   * Looking into a call is only meant by rules that name it. What they say of its arguments counts; that it has not the shape
   * that they look for says nothing of what it gives.
   *
   * @param counts whether the test has found what it looked for, or is about an argument
   */
  #insideCulprit(value: Value, counts: boolean): Value | undefined {
    // What a function made of a value stands in its place.
    const original = inPlaceOf(value);
    const about = original === undefined || original === value ? undefined : this.#knowledge(original);
    if (about !== undefined && isUncertain(about)) return original;
    let key = value.key;
    for (let at = value.parent; at !== null; key = at.key, at = at.parent) {
      if (this.#knowledge(at)?.unknown == null) continue;
      return counts && this.#names.has(String(key)) ? undefined : at;
    }
    return undefined;
  }

  /** A key filter that went over the keys of something unknown. */
  #keyCulprit(key: Result): Value | undefined {
    if (key.kind === 'unresolved') return undefined;
    const map = inPlaceOf(resolvedValue(key));
    const about = map === undefined ? undefined : this.#knowledge(map);
    return about !== undefined && isUncertain(about) ? map : undefined;
  }

  #binaryCulprit(
    {
      operator,
      negated,
      clause,
    }: { operator: AccessClause['operator']; negated: boolean; clause?: AccessClause | null },
    from: Result,
    to: readonly Result[],
    passed: boolean,
  ): Value | undefined {
    if (clause === null) return this.#keyCulprit(from);
    if (from.kind === 'unresolved') return this.#missingCulprit(from, passed);
    const missing = to.find((each): each is Unresolved => each.kind === 'unresolved');
    if (missing !== undefined) return this.#missingCulprit(missing, passed);
    const left = resolvedValue(from);
    const right = to.map((each) => resolvedValue(each as Value | Literal));
    const inside = [left, ...right]
      .map((value) => this.#insideCulprit(value, true))
      .find((value) => value !== undefined);
    if (inside !== undefined) return inside;
    if (![left, ...right].some((value) => isOpen(value, this.#knowledge))) return undefined;
    const [only] = right;
    if (only === undefined || right.length > 1) return openPart([left, ...right], this.#knowledge);
    const agrees = (a: Value, b: Value) => passes(operator as BinaryOperator, negated, a, b) === passed;
    const lefts = witnessesOf(left, only, this.#knowledge);
    const rights = witnessesOf(only, left, this.#knowledge);
    if (lefts !== undefined && rights !== undefined) return openPart([left], this.#knowledge);
    const isDecided = (lefts ?? [left]).every((a) => (rights ?? [only]).every((b) => agrees(a, b)));
    return isDecided ? undefined : openPart([left, only], this.#knowledge);
  }
}

function passes(operator: BinaryOperator, negated: boolean, from: Value, to: Value): boolean {
  const outcomes = new Outcomes(true);
  compare(operator, negated, [from], [to.source === null ? new Literal(to) : to], outcomes);
  return outcomes.status === 'PASS';
}

/** The value that has the place of another one, which may be itself. */
function inPlaceOf({ parent, key }: Value): Value | undefined {
  if (parent?.kind === 'map') return parent.value.get(String(key));
  const element = parent?.kind === 'list' ? parent.value[Number(key)] : undefined;
  return element?.key === key ? element : undefined;
}

/** The entry of a map that a key leads to: a key that was captured has the place of its map. */
function entryOfKey(key: Value): Value | undefined {
  const map = key.kind === 'string' ? inPlaceOf(key) : undefined;
  return map?.kind === 'map' ? map.value.possible.values.find((entry) => entry.key === key.value) : undefined;
}

/** The first unknown value in some values. */
function openPart(values: readonly Value[], knowledge: Knowledge): Value | undefined {
  for (const value of values) {
    const about = knowledge(value);
    if (about !== undefined && isUncertain(about)) return value;
    const children = value.kind === 'list' ? value.value : value.kind === 'map' ? value.value.values : [];
    const found = openPart(children, knowledge);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether a record is about several defects, of which one is enough to make it fail. */
function holdsSeveral({ event: { kind } }: EventRecord): boolean {
  return kind === 'rule' || kind.endsWith('-block') || kind === 'type-block-item' || kind === 'block-clause';
}

/** Whether a clause is content with anything that is selected. */
function asksForSomething({ operator, negated, not }: AccessClause): boolean {
  return operator === 'empty' && negated !== not;
}

function isRightSide({ event }: EventRecord): boolean {
  return event.kind === 'selection' && event.of === 'right';
}

/** Whether a test failed because there was nothing to be tested. */
function isOfNothing({ event }: EventRecord): boolean {
  return event.kind === 'check' && event.check.kind === 'no-value-for-empty';
}

/** Whether a record below a clause belongs to its query, and is no test of what that selects. */
function isOfQuery(record: EventRecord): boolean {
  return record.event.kind === 'filter' || record.event.kind === 'selection' || isKeyTest(record);
}

function isUndecided(statuses: Statuses, { status }: EventRecord): boolean {
  return statuses !== BIT[status];
}
