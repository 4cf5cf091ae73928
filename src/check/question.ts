import type { Question } from '../cache/answers.ts';
import { sha1 } from '../git/sha1.ts';
import { BUILD_ID } from '../package.ts';
import type { Input } from './inputs.ts';
import type { Job } from './job.ts';

/** Files of a job, rule files among them, from which on a whole answer is worth keeping: the verdicts on fewer are as quick. */
const MANY = 32;

/**
 * All that the lines of a repeatable report depend on, so that the same question has the same answer. The contents of files
 * are in it as they are: comparing them is much cheaper than making digests of them, and as safe.
 *
 * Left out: the day, what a change starts from and what rules read from the clock. What depends on them is not repeatable.
 * Files are named as the lines name them, so that it does not matter where they are.
 *
 * @param shown how the answer is shown, as plain JSON
 * @returns null when nothing is to be recalled or kept: for few files, or when it is not known what judges
 */
export function questionOf(
  { request: { cwd, paths, shard }, inputs, policies, surroundings, diagnostics }: Job,
  shown: object,
): Question | null {
  const { runtime, limits } = surroundings;
  const files = policies.flatMap((policy) => [...policy.inputs, ...policy.ruleSet.files]);
  if (BUILD_ID === null || runtime === undefined || files.length < MANY) return null;
  const facts = {
    ...{ build: BUILD_ID, runtime, limits, shown, shard, staged: inputs.staged },
    diagnostics: [...inputs.diagnostics, ...diagnostics],
    policies: policies.map(({ settings, ruleSet, ...policy }) => ({
      settings,
      ruleSet: { ...ruleSet, files: ruleSet.files.map(mentionOf) },
      inputs: policy.inputs.map(mentionOf),
    })),
  };
  return {
    subject: sha1([Buffer.from(JSON.stringify([cwd, paths]))]),
    parts: [
      Buffer.from(JSON.stringify(facts)),
      ...files.flatMap(({ content }) => (Buffer.isBuffer(content) ? content : [])),
    ],
  };
}

/** A file by its content's id or, since the content itself is in the question, by its length. */
function mentionOf({ path, content }: Pick<Input, 'path' | 'content'>): [string, string | number] {
  return [path, Buffer.isBuffer(content) ? content.length : content.blob];
}
