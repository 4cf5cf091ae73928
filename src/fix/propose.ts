import { DiagnosticError } from '../source/diagnostic.ts';
import { withReadablePlaceholders } from '../template/task-definition/bare-placeholders.ts';
import type { Template } from '../template/template.ts';
import { loadTemplates } from '../template/templates.ts';
import { pathOf } from '../value/path.ts';
import type { Value } from '../value/value.ts';
import { type Change, describeChange } from './change.ts';
import { applyEdits, type TextEdit } from './edit.ts';
import { FIXES } from './fixes.ts';
import { Layout } from './layout.ts';
import { obstacleTo } from './obstacle.ts';
import { outline } from './outline.ts';
import { subjectAround } from './subject.ts';
import { editsOf } from './write.ts';

/** What a violation is about and where it stands, as reports have it. */
export interface Violation {
  readonly rule: string;
  /** Slash-joined keys and indices of the value that was judged. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in characters. */
  readonly column: number;
}

/** What could be done about a violation. */
export type Proposal = SafeProposal | DoubtfulProposal;

export interface SafeProposal {
  /** On one line, such as `ReadonlyRootFilesystem: true`. */
  readonly summary: string;
  readonly edits: readonly TextEdit[];
  readonly reason: null;
}

/** What must be left to people. */
export interface DoubtfulProposal {
  readonly summary: string;
  /** Null: nothing that could be written down. */
  readonly edits: readonly TextEdit[] | null;
  /** Why, in the middle of a sentence. */
  readonly reason: string;
}

/**
 * What could be done about a violation.
 *
 * @param text of a template that can be loaded, without byte order mark
 * @returns null when nothing is known about its rule, or the rule found something else than it usually does
 */
export function propose(text: string, violation: Violation): Proposal | null {
  const fix = Object.hasOwn(FIXES, violation.rule) ? FIXES[violation.rule] : undefined;
  if (fix === undefined) return null;
  const templates = load(text);
  const found = locate(templates, violation);
  if (found === undefined) return null;
  const { root } = found.template;
  const remedy = fix(subjectAround(found.value, root));
  if (remedy === null) return null;
  const { changes, doubt } = remedy;
  const summary = changes.map(describeChange).join(', ');
  const edits = editsOf(changes, new Layout(found.template.source.text));
  const obstacle = changes.map((change) => obstacleTo(change, root)).find((reason) => reason !== null);
  if (obstacle !== undefined) return { summary, edits, reason: obstacle };
  if (edits === null || !saysTheSame(applyEdits(text, edits), templates, changes))
    return { summary, edits: null, reason: UNSAFE };
  return { summary, edits, reason: doubt };
}

const UNSAFE = 'it is written in a way that cannot safely be edited';

/** The documents of a text. Their own text is that one, or one of the same length without what cannot be read. */
function load(text: string): Template[] {
  const bytes = Buffer.from(text);
  try {
    return loadTemplates('', bytes);
  } catch (error) {
    const readable = error instanceof DiagnosticError ? withReadablePlaceholders(bytes) : undefined;
    if (readable === undefined) throw error;
    return loadTemplates('', readable);
  }
}

function locate(
  templates: readonly Template[],
  { path, line, column }: Violation,
): { template: Template; value: Value } | undefined {
  for (const template of templates)
    for (const value of valuesAt(template.root, path)) {
      const position = template.source.position(value.start);
      if (position.line === line && position.column === column) return { template, value };
    }
  return undefined;
}

/** Keys may have slashes in them, so that several values may have a path. */
function valuesAt(value: Value, path: string): Value[] {
  if (pathOf(value) === path) return [value];
  if (!path.startsWith(`${pathOf(value)}/`)) return [];
  if (value.kind !== 'list' && value.kind !== 'map') return [];
  const inner = value.kind === 'list' ? value.value : value.value.values;
  return inner.flatMap((entry) => valuesAt(entry, path));
}

/** Whether a text says what the templates do, apart from the changes, which it says as well. */
function saysTheSame(text: string, before: readonly Template[], changes: readonly Change[]): boolean {
  try {
    const after = load(text);
    const wanted = before.map(({ root }) => outline(root, changes));
    return JSON.stringify(after.map(({ root }) => outline(root))) === JSON.stringify(wanted);
  } catch (error) {
    if (error instanceof DiagnosticError) return false;
    throw error;
  }
}
