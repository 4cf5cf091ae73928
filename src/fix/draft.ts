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
import { obstacleTo, sharedStarts } from './obstacle.ts';
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
export interface Proposal {
  readonly changes: readonly Change[];
  /** The changes on one line, such as `ReadonlyRootFilesystem: true`. */
  readonly summary: string;
  /** Why it must be left to people, in the middle of a sentence; null: it need not. */
  readonly reason: string | null;
}

/** A version of a template, about which violations are known. */
export class Draft {
  readonly text: string;
  readonly #templates: readonly Template[];
  readonly #layout: Layout;
  /** By the root of each document. */
  readonly #shared: ReadonlyMap<Value, ReadonlySet<number>>;

  /** @param text of a template that can be loaded, without byte order mark */
  constructor(text: string) {
    this.text = text;
    this.#templates = load(text);
    this.#layout = new Layout(this.#templates[0]?.source.text ?? text);
    this.#shared = new Map(this.#templates.map(({ root }) => [root, sharedStarts(root)]));
  }

  /**
   * What could be done about a violation.
   *
   * @returns null when nothing is known about its rule, or the rule found something else than it usually does
   */
  propose(violation: Violation): Proposal | null {
    const fix = Object.hasOwn(FIXES, violation.rule) ? FIXES[violation.rule] : undefined;
    const found = fix && locate(this.#templates, violation);
    const remedy = found && fix(subjectAround(found.value, found.root));
    if (!remedy) return null;
    const { changes, doubt } = remedy;
    const shared = this.#shared.get(found.root)!;
    const obstacle = changes.map((change) => obstacleTo(change, shared)).find((reason) => reason !== null);
    return { changes, summary: changes.map(describeChange).join(', '), reason: obstacle ?? doubt };
  }

  /** The edits that make changes; null when these are of text that cannot safely be edited. */
  write(changes: readonly Change[]): TextEdit[] | null {
    return editsOf(changes, this.#layout);
  }

  /** Whether after these edits the template says what it did, apart from the changes, which it says as well. */
  isMadeBy(changes: readonly Change[], edits: readonly TextEdit[]): boolean {
    try {
      const after = load(applyEdits(this.text, edits));
      const wanted = this.#templates.map(({ root }) => outline(root, changes));
      return JSON.stringify(after.map(({ root }) => outline(root))) === JSON.stringify(wanted);
    } catch (error) {
      if (error instanceof DiagnosticError) return false;
      throw error;
    }
  }
}

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
): { readonly root: Value; readonly value: Value } | undefined {
  for (const { root, source } of templates)
    for (const value of valuesAt(root, path)) {
      const position = source.position(value.start);
      if (position.line === line && position.column === column) return { root, value };
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
