import type { Unresolved } from '../../engine/result.ts';
import { messagesOf } from '../../report/native-messages.ts';
import type { CheckReport, ClauseReport, Comparison, FileReport } from '../../report/native-report.ts';
import { reasonText, remainingQuery } from '../../report/reason.ts';
import { pathOf } from '../../value/path.ts';
import type { Value } from '../../value/value.ts';
import { type Document, Embedded, type Fields } from './document.ts';
import { comparisonPair } from './operator-names.ts';

/** A file report in the shape of the native tool's JSON and YAML. */
export function fileReportDocument(report: FileReport): Fields {
  return {
    name: report.name,
    metadata: {},
    status: report.status,
    not_compliant: report.failures.map(checkDocument),
    not_applicable: report.skipped,
    compliant: report.passed,
  };
}

function checkDocument(check: CheckReport): Fields {
  switch (check.kind) {
    case 'rule': {
      const messages = { custom_message: check.message, error_message: null };
      return { Rule: { name: check.name, metadata: {}, messages, checks: check.checks.map(checkDocument) } };
    }
    case 'disjunction':
      return { Disjunctions: { checks: check.checks.map(checkDocument) } };
    case 'block': {
      const unresolved = check.missing === null ? null : unresolvedDocument(check.missing);
      return { Block: { context: check.context, messages: messagesDocument(check), unresolved } };
    }
    case 'unary':
    case 'unary-missing':
    case 'nothing-selected':
    case 'rule-reference':
      return {
        Clause: {
          Unary: {
            check: unaryDocument(check),
            context: check.context,
            messages: messagesDocument(check),
          },
        },
      };
    default:
      return {
        Clause: {
          Binary: {
            context: check.context,
            messages: messagesDocument(check),
            check: binaryDocument(check),
          },
        },
      };
  }
}

function messagesDocument(clause: ClauseReport): Fields {
  const { custom, error } = messagesOf(clause);
  return { custom_message: custom, error_message: error };
}

type Kind<K extends ClauseReport['kind']> = Extract<ClauseReport, { kind: K }>;

function unaryDocument(
  check: Kind<'unary' | 'unary-missing' | 'nothing-selected' | 'rule-reference'>,
): Fields {
  switch (check.kind) {
    case 'unary':
      return {
        Resolved: { value: valueDocument(check.value), comparison: comparisonPair(check.comparison) },
      };
    case 'unary-missing':
      return missingDocument(check.missing, check.comparison);
    case 'nothing-selected':
      return { UnResolvedContext: check.context };
    case 'rule-reference':
      return { UnResolvedContext: check.rule };
  }
}

function binaryDocument(check: Kind<'binary' | 'binary-missing' | 'membership'>): Fields {
  const comparison = comparisonPair(check.comparison);
  switch (check.kind) {
    case 'binary':
      return { Resolved: { from: valueDocument(check.from), to: valueDocument(check.to), comparison } };
    case 'binary-missing':
      return missingDocument(check.missing, check.comparison);
    case 'membership': {
      const to = check.to.filter((each) => each.kind !== 'unresolved');
      return { InResolved: { from: valueDocument(check.from), to: to.map(valueDocument), comparison } };
    }
  }
}

function missingDocument(missing: Unresolved, comparison: Comparison): Fields {
  return { UnResolved: { value: unresolvedDocument(missing), comparison: comparisonPair(comparison) } };
}

/** Where a query got stuck, and why. */
export function unresolvedDocument(unresolved: Unresolved): Fields {
  return {
    traversed_to: valueDocument(unresolved.at),
    remaining_query: remainingQuery(unresolved),
    reason: reasonText(unresolved),
  };
}

/** A value with its path, which has no location here. */
export function valueDocument(value: Value): { readonly path: string; readonly value: Document } {
  return { path: pathOf(value), value: new Embedded(value) };
}
