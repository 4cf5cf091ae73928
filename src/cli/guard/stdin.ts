import { isUtf8 } from 'node:buffer';
import { limitsOf } from '../../source/limits.ts';
import type { Io } from '../io.ts';
import { Failure } from './failure.ts';
import { NOT_UTF8, refuseTooLarge, type SizeLimit } from './files.ts';

/** All of standard input. @throws {DiagnosticError} when it is too large */
export async function readStdin(io: Io, limit: SizeLimit = 'fileSize'): Promise<Uint8Array> {
  const bytes = await io.readStdin();
  refuseTooLarge('STDIN', bytes.length, limitsOf(io.env), limit);
  io.prepareFor(bytes.length);
  return bytes;
}

/** All of standard input. @throws {Failure | DiagnosticError} the latter when it is too large */
export async function readStdinText(io: Io, limit: SizeLimit = 'fileSize'): Promise<string> {
  const bytes = await readStdin(io, limit);
  if (!isUtf8(bytes)) throw new Failure(NOT_UTF8);
  return Buffer.from(bytes).toString('utf8');
}
