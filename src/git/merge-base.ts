import { DiagnosticError } from '../source/diagnostic.ts';
import { type GitPlace, runGit } from './exec.ts';
import { GitError } from './git-error.ts';

/**
 * The commits at which HEAD left another branch: one, or several when the two were merged crosswise.
 *
 * @param ref whatever names a commit
 * @returns object ids
 * @throws {DiagnosticError} when there is no such commit; nothing is ever fetched
 */
export async function mergeBases(place: GitPlace, ref: string): Promise<string[]> {
  if (!(await isCommit(place, ref))) throw unknownCommit(ref);
  try {
    const output = await runGit(place, ['merge-base', '--all', ref, 'HEAD']);
    return output.toString().split('\n').slice(0, -1);
  } catch (error) {
    if (!(error instanceof GitError) || error.failure.exitCode !== NONE) throw error;
    throw unrelated(ref, (await answer(place, '--is-shallow-repository')) === 'true');
  }
}

/** Git's exit code when there is no such commit. */
const NONE = 1;

async function isCommit(place: GitPlace, ref: string): Promise<boolean> {
  // No name begins with a dash, and git would take it for an option.
  if (ref.startsWith('-')) return false;
  try {
    await runGit(place, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]);
    return true;
  } catch (error) {
    if (error instanceof GitError && error.failure.exitCode === NONE) return false;
    throw error;
  }
}

async function answer(place: GitPlace, question: string): Promise<string> {
  return (await runGit(place, ['rev-parse', question])).toString().trim();
}

const IN_WORKFLOWS = 'in a GitHub workflow, give `actions/checkout` the input `fetch-depth: 0`';

function unknownCommit(ref: string): DiagnosticError {
  const [, remote, branch] = /^([^-/][^/]*)\/(.+)$/.exec(ref) ?? [];
  const fetch = remote === undefined ? 'git fetch origin' : `git fetch ${remote} ${branch}`;
  return new DiagnosticError({
    code: 'git',
    message: `\`${ref}\` is no commit that this clone has`,
    help: `check the spelling, or fetch it first: \`${fetch}\`; ${IN_WORKFLOWS}`,
  });
}

function unrelated(ref: string, shallow: boolean): DiagnosticError {
  const message = `HEAD and \`${ref}\` have no commit in common`;
  return new DiagnosticError(
    shallow
      ? {
          code: 'git',
          message: `${message} in this clone, which is shallow`,
          help: `fetch the history first: \`git fetch --unshallow\`; ${IN_WORKFLOWS}`,
        }
      : { code: 'git', message, help: 'name the branch that HEAD was started from' },
  );
}
