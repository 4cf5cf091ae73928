const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The text of a file name, which to git is a row of bytes. A name in UTF-8 stands for itself. In any other, each byte
 * outside ASCII is written as git writes it when it quotes a name, `\351`, so that two names never look the same.
 */
export function pathText(bytes: Buffer): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    return bytes.toString('latin1').replace(/[\x80-\xff]/g, (byte) => `\\${byte.charCodeAt(0).toString(8)}`);
  }
}
