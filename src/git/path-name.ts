import { isUtf8 } from 'node:buffer';

/**
 * The text of a file name, which to git is a row of bytes. A name in UTF-8 stands for itself. In any other, each byte
 * outside ASCII is written as git writes it when it quotes a name, `\351`, so that two names never look the same.
 */
export function pathText(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  return bytes.toString('latin1').replace(/[\x80-\xff]/g, (byte) => `\\${byte.charCodeAt(0).toString(8)}`);
}
