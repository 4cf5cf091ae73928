import { isUtf8 } from 'node:buffer';
import type { Io } from '../io.ts';
import { Failure } from './failure.ts';
import { NOT_UTF8 } from './files.ts';

/** All of standard input. @throws {Failure} when it is not UTF-8 */
export async function readStdinText(io: Io): Promise<string> {
  const bytes = await io.readStdin();
  if (!isUtf8(bytes)) throw new Failure(NOT_UTF8);
  return Buffer.from(bytes).toString('utf8');
}
