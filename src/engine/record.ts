import type {
  AccessClause,
  BlockClause,
  ParameterizedCall,
  Rule,
  RuleReference,
  TypeBlock,
  WhenBlock,
} from '../language/ast.ts';
import type { Value } from '../value/value.ts';
import type { Result } from './result.ts';
import type { Status } from './status.ts';

/*
 * What the second tier writes down while it runs a program: a tree of events that every report is made from.
 * Records name the syntax nodes and values they are about; texts are made by the reports, never here.
 */

/** One event with what happened inside it, in evaluation order. */
export interface EventRecord {
  event: TraceEvent;
  status: Status;
  readonly children: EventRecord[];
}

export type TraceEvent =
  | { readonly kind: 'file'; readonly ruleCount: number }
  /** `call` is set for parameterized rules only. */
  | { readonly kind: 'rule'; readonly rule: Rule; readonly call: ParameterizedCall | null }
  | { readonly kind: 'rule-condition'; readonly rule: Rule }
  | { readonly kind: 'type-block'; readonly node: TypeBlock }
  | { readonly kind: 'type-condition'; readonly node: TypeBlock }
  /** One selected resource of a type block, counted from 0. */
  | {
      readonly kind: 'type-block-item';
      readonly node: TypeBlock;
      readonly index: number;
      readonly value: Value;
    }
  /** `inRule`: the block stands directly in a rule or at file level. */
  | { readonly kind: 'when-block'; readonly node: WhenBlock; readonly inRule: boolean }
  | { readonly kind: 'when-condition'; readonly node: WhenBlock; readonly inRule: boolean }
  /** Two or more alternatives; `of` tells where they stand, which the native tool prints. */
  | { readonly kind: 'disjunction'; readonly of: 'rule' | 'block' | 'condition' }
  | { readonly kind: 'block-clause'; readonly node: BlockClause; readonly context: Value }
  /** `context` is the value that the clause's queries started from. */
  | {
      readonly kind: 'access-clause';
      readonly node: AccessClause;
      readonly context: Value;
      selectedNothing: boolean;
    }
  /** The native tool does not record filters on scalars. */
  | {
      readonly kind: 'filter';
      readonly over: 'map' | 'list' | 'scalar';
      readonly conjunctions: number;
      /** The value that it lets through or not, and where its clauses started from. */
      readonly candidate: Value;
      readonly context: Value;
    }
  /**
   * What the values of a variable, function call or right side, or keys that are taken from a variable, rest on, below every
   * clause that asks for them. The native tool does not record it. `given` are the arguments of
   * which a function leaves out some; a function of the `whole` makes one value of all.
   */
  | {
      readonly kind: 'selection';
      readonly of: 'variable' | 'function' | 'whole' | 'right' | 'keys';
      readonly given: readonly Result[];
    }
  | { readonly kind: 'check'; readonly check: Check };

/** The test of one value. `clause` is null below a key filter, whose tests have no text of their own. */
export type Check =
  | {
      readonly kind: 'success';
      readonly clause: AccessClause | RuleReference | null;
      /** What was tested; null for rules and empty selections. */
      readonly from: Result | null;
      /** What it was compared with; null where nothing was. */
      readonly to: Value | readonly Value[] | null;
    }
  | { readonly kind: 'unary'; readonly clause: AccessClause; readonly value: Result }
  | { readonly kind: 'no-value-for-empty'; readonly clause: AccessClause }
  | {
      readonly kind: 'comparison';
      readonly clause: AccessClause | null;
      /** Operator and negation that were applied, which a key filter may have changed from `==` to `in`. */
      readonly operator: AccessClause['operator'];
      readonly negated: boolean;
      readonly from: Result;
      /** null: the left side is missing, so nothing was compared. */
      readonly to: Result | null;
      readonly incomparable: Incomparable | null;
    }
  | {
      readonly kind: 'membership';
      readonly clause: AccessClause | null;
      readonly operator: AccessClause['operator'];
      readonly negated: boolean;
      readonly from: Result;
      readonly to: readonly Result[];
      /** Other values that this depends on: the left side, where a member of the right one is lacking there. */
      readonly others?: readonly Value[] | undefined;
    }
  | { readonly kind: 'rule-reference'; readonly clause: RuleReference }
  | { readonly kind: 'missing-block-value'; readonly clause: BlockClause; readonly value: Result };

/** Why two values could not be compared. The text is made from the pair. */
export type Incomparable = 'types' | 'float' | 'substring' | 'membership';

/** Whether a record below a clause is one of the clause's own tests, and no part of its query. */
export function isTest({ event }: EventRecord): boolean {
  return event.kind === 'check' && event.check.clause !== null;
}

/** Whether a record tells whether a filter on keys takes a key: a part of the query, and no test of what that selects. */
export function isKeyTest({ event }: EventRecord): boolean {
  return event.kind === 'check' && event.check.clause === null;
}
