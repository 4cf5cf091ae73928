import { insertLines, marked, withoutMarkedLines } from './marked-lines.ts';

/** The hook that the package ships, with its own idea of where the package is replaced by the true one. */
export function hookFor(shipped: string, packageFromTop: string): string {
  return shipped.replace(/^package=.*$/m, () => `package=${shellWord(packageFromTop)}`);
}

/** Whether a hook file is, as a whole, a copy of the shipped one, perhaps of another version. */
export function isShippedHook(text: string): boolean {
  return /^#!.*\r?\n# ecs-guard-staged: judges /.test(text);
}

/** One line of shell that runs the package's hook and keeps its exit code, at the top of the worktree. */
export function hookLine(packageFromTop: string): string {
  return `sh ${shellWord(`${packageFromTop}/hooks/pre-commit`)} || exit $?`;
}

/**
 * Lines for a hook that is not ours. Other than {@link hookLine} they also work in a linked worktree, which shares
 * the hooks of the main one but often has no node_modules.
 */
export function hookBlock(packageFromTop: string): string[] {
  return marked([
    `ecs_guard_hook=${shellWord(`${packageFromTop}/hooks/pre-commit`)}`,
    `[ -f "$ecs_guard_hook" ] || ecs_guard_hook=${FROM_MAIN_WORKTREE}/$ecs_guard_hook`,
    'sh "$ecs_guard_hook" || exit $?',
  ]);
}

/** The same on one line, for git's configuration. */
export function hookCommand(packageFromTop: string): string {
  const hook = shellWord(`${packageFromTop}/hooks/pre-commit`);
  return `h=${hook}; [ -f "$h" ] || h=${FROM_MAIN_WORKTREE}/$h; sh "$h"`;
}

const FROM_MAIN_WORKTREE = '$(git rev-parse --git-common-dir)/..';

/** Whether a line is one that {@link hookLine} makes, for whatever place of the package. */
function isHookLine(line: string): boolean {
  return /^sh (\S.*)?node_modules\/ecs-guard-staged\/hooks\/pre-commit'? \|\| exit \$\?\r?$/.test(line);
}

/** Whether a hook runs ecs-guard-staged by lines without marks. */
export function runsItself(text: string): boolean {
  return withoutMarkedLines(text)
    .split('\n')
    .some((line) => /^[^#]*ecs-guard-staged/.test(line));
}

/** Whether a hook of another event does what the one of commits does, as git's own sample for merges has it. */
export function runsCommitHook(text: string): boolean {
  return /^[^#\n]*(hooks|\.husky)\/pre-commit\b/m.test(text);
}

/** Whether git, or the program a hook names in its first line, reads the hook as a shell script. */
export function isShellScript(text: string): boolean {
  if (text.includes('\0')) return false;
  // Git runs a hook without such a line by sh.
  if (!text.startsWith('#!')) return true;
  return /^#!\s*\S*?(\benv\s+(-\S+\s+)*)?\b(sh|bash|dash|ash|ksh|mksh|zsh)(\s|$)/.test(text);
}

/**
 * Adds lines to a shell script, replacing those of an earlier time. They go to the end, where they see what the
 * commands before them have staged, unless the script may leave before that, or changes the working directory: then
 * they come first.
 */
export function addToHook(text: string, lines: readonly string[]): string {
  const others = withoutMarkedLines(text);
  const first = others.startsWith('#!') ? 1 : 0;
  return insertLines(others, lines, reachesItsEnd(others) ? 'end' : first);
}

/** A hook without what `init` has added to it; the same text when that is nothing. */
export function removeFromHook(text: string): string {
  const lines = withoutMarkedLines(text).split('\n');
  return lines.filter((line) => !isHookLine(line)).join('\n');
}

/** Guesses from words, in favour of "no", which is always safe. */
function reachesItsEnd(script: string): boolean {
  if (/\\\n?$/.test(script) || script.includes('<<')) return false;
  return script.split('\n').every((line) => {
    const commands = line
      .replace(/^\s*#.*/, '')
      // A failure ends the commit anyway, and exec with nothing but redirections goes on.
      .replace(/\bexit +[1-9]\d*/g, '')
      .replace(/\bexec +(\d*[<>]&?\s*\S+\s*)+$/, '');
    return !/(^|[\s;&|(){}`])(exit|exec|cd|return)(?=$|[\s;&|)}`])/.test(commands);
  });
}

/** Makes one word for a shell out of a text. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
