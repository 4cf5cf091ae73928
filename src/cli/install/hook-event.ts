/**
 * What git runs hooks for. A merge that needs nobody has a hook of its own; one that stopped is finished by a commit, and
 * has that of commits.
 */
export const HOOK_EVENTS = ['pre-commit', 'pre-merge-commit'] as const;

export type HookEvent = (typeof HOOK_EVENTS)[number];
