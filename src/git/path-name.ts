import { isUtf8 } from 'node:buffer';

/**
 * The text of a file name, which to git is a row of bytes. A name in UTF-8 stands for itself. In any other, each byte
 * outside ASCII is written as git writes it when it quotes a name, `\351`. Two names never look the same: a backslash is
 * written twice in a name with such bytes, and in one that would look like it.
 */
export function pathText(bytes: Buffer): string {
  const utf8 = isUtf8(bytes);
  const text = bytes.toString(utf8 ? 'utf8' : 'latin1');
  if (utf8 && !/\\[23][0-7]{2}/.test(text)) return text;
  const doubled = text.replaceAll('\\', '\\\\');
  return utf8 ? doubled : doubled.replace(/[\x80-\xff]/g, (byte) => `\\${byte.charCodeAt(0).toString(8)}`);
}
