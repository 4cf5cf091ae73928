import { sha1 } from '../git/sha1.ts';
import type { Shard } from '../report/report.ts';

/**
 * Whether a file belongs to a shard. Only its name decides, so every machine comes to the same answer without knowing the
 * other files, each file belongs to exactly one shard, and a new file moves no other one. In return shards are alike only
 * on average, which many files make good.
 *
 * @param path with forward slashes, from a folder that is the same wherever the shards run
 */
export function isInShard(path: string, { index, count }: Shard): boolean {
  const digest = sha1([Buffer.from(path)]);
  return Number.parseInt(digest.slice(0, DIGITS), 16) % count === index - 1;
}

/** As many hexadecimal digits as numbers hold exactly. */
const DIGITS = 12;
