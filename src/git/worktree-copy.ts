import { lstatSync, readFileSync } from 'node:fs';
import { hasId } from './blob-id.ts';

/** Larger files are left to git. */
const LARGEST = 4 * 1024 * 1024;

/**
 * The content of a blob, taken from the file that it was staged from: it nearly always is still there as it was, and reading
 * it costs less than finding and unpacking the object. With the line ends of Windows it may differ from what git stored.
 *
 * @param path where the file would be, as an absolute path
 * @returns undefined when nothing there has the id
 */
export async function readCopy(path: string, id: string): Promise<Buffer | undefined> {
  const content = readFile(path);
  if (content === undefined) return undefined;
  if (await hasId(content, id)) return content;
  const stored = content.includes('\r\n') ? withUnixLines(content) : undefined;
  return stored && (await hasId(stored, id)) ? stored : undefined;
}

/** Only what is a file: reading anything else might wait for somebody to write to it. */
function readFile(path: string): Buffer | undefined {
  try {
    const facts = lstatSync(path);
    return facts.isFile() && facts.size <= LARGEST ? readFileSync(path) : undefined;
  } catch {
    return undefined;
  }
}

/** What git stages where `core.autocrlf` gives files the line ends of Windows. */
function withUnixLines(content: Buffer): Buffer {
  return Buffer.from(content.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}
