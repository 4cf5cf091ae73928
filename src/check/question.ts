import type { Question } from '../cache/answers.ts';
import { BUILD_ID } from '../package.ts';
import type { Input } from './inputs.ts';
import type { Job } from './job.ts';

/** Files of a job, rule files among them, from which on a whole answer is worth keeping: the verdicts on fewer are as quick. */
const MANY_FILES = 32;

/**
 * All that the lines of a repeatable report depend on, so that the same question has the same answer.
 *
 * Left out: the day, what a change starts from and what rules read from the clock, since what depends on them is not
 * repeatable; and limits, which decide whether there is a verdict and not which.
 *
 * @param shown how the answer is shown, as plain JSON
 * @returns null when nothing is to be recalled or kept: for few files, or when it is not known what judges
 */
export async function questionOf(job: Job, shown: object): Promise<Question | null> {
  const { request, inputs, policies, surroundings } = job;
  const files = policies.flatMap((policy) => [...policy.inputs, ...policy.ruleSet.files]);
  if (BUILD_ID === null || surroundings.runtime === undefined || files.length < MANY_FILES) return null;
  const { cwd, paths, scope, shard, packs, rules, intrinsics, overrides } = request;
  const asked = JSON.stringify({ cwd, paths, scope, shard, packs, rules, intrinsics, overrides, shown });
  const facts = JSON.stringify({
    build: BUILD_ID,
    runtime: surroundings.runtime,
    diagnostics: [...inputs.diagnostics, ...job.diagnostics],
    policies: policies.map((policy) => ({
      settings: policy.settings,
      ruleSet: { ...policy.ruleSet, files: policy.ruleSet.files.map(mentionOf) },
      inputs: policy.inputs.map(mentionOf),
    })),
  });
  const contents = files.flatMap(({ content }) => (Buffer.isBuffer(content) ? content : []));
  const { sha256 } = await import('../cache/digest.ts');
  return {
    subject: sha256([asked]),
    digest: sha256([asked, '\n', facts, '\n', ...contents]),
  };
}

/** A file by its content's id or, of what git has no id for and which stands behind all mentions, its length. */
function mentionOf({ path, content }: Pick<Input, 'path' | 'content'>): [string, string | number] {
  return [path, Buffer.isBuffer(content) ? content.length : content.blob];
}
