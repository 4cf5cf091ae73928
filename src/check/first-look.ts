import { NO_STORE } from '../cache/store.ts';
import { findWorktree } from '../git/worktree.ts';
import { check } from './check.ts';
import type { CheckRequest } from './job.ts';
import { policyAt } from './policies.ts';

/** How a repository stands when it begins to be checked. */
export interface FirstLook {
  readonly violations: number;
  /** Templates with violations. */
  readonly failedTemplates: number;
  readonly templates: number;
  /** Whether something could not be judged. */
  readonly incomplete: boolean;
  /** The settings file that counts at the top of the worktree, as the user knows it; null: there is none. */
  readonly settings: string | null;
  /** Whether these settings let only new violations count. */
  readonly onlyNew: boolean;
}

/**
 * Judges everything that git tracks.
 *
 * @throws {DiagnosticError} outside of a repository
 */
export async function firstLook(request: Omit<CheckRequest, 'paths' | 'scope'>): Promise<FirstLook> {
  const place = { cwd: request.cwd, env: request.env };
  const worktree = await findWorktree(place);
  const all = { ...request, paths: [], scope: 'all', worktree } as const;
  const { counts, diagnostics } = await check(all);
  const where = { place, worktree, store: NO_STORE, fromIndex: true };
  const { origin } = await policyAt(worktree.top, request, where);
  return {
    violations: counts.violations,
    failedTemplates: counts.failedTemplates,
    templates: counts.templates,
    incomplete: diagnostics.length > 0,
    settings: origin.file,
    onlyNew: origin.settings?.report === 'new',
  };
}
