import { DiagnosticError } from '../source/diagnostic.ts';
import type { Limits } from '../source/limits.ts';
import { isTemplate } from '../template/detect.ts';
import { asTemplate } from '../template/task-definition/as-template.ts';
import { withReadablePlaceholders } from '../template/task-definition/bare-placeholders.ts';
import type { Template } from '../template/template.ts';
import { loadTemplates } from '../template/templates.ts';

/** What a file holds. */
export interface Documents {
  /** All documents, as they stand in the file. */
  readonly written: readonly Template[];
  /** Those that rules are about, in the form in which rules know them. */
  readonly judged: readonly Template[];
}

/**
 * Loads the documents of a file.
 *
 * @param path for messages
 * @throws {DiagnosticError} when the file is no UTF-8 or no YAML, or exceeds a limit
 */
export function documentsIn(path: string, bytes: Uint8Array, limits: Limits): Documents {
  const written = load(path, bytes, limits);
  const judged = written.flatMap((document) =>
    isTemplate(document.root) ? [document] : (asTemplate(document) ?? []),
  );
  return { written, judged };
}

function load(path: string, bytes: Uint8Array, limits: Limits): Template[] {
  try {
    return loadTemplates(path, bytes, limits);
  } catch (error) {
    const isUnreadable = error instanceof DiagnosticError && error.diagnostic.code !== 'template-too-large';
    const readable = isUnreadable ? withReadablePlaceholders(bytes) : undefined;
    if (readable === undefined) throw error;
    return loadTemplates(path, readable, limits);
  }
}
