const TOKEN = /"[^"\n]*"|'[^'\n]*'|<<|>>|::|==|!=|[<>:]=|%?[A-Za-z_][A-Za-z0-9_]*|[0-9]+|\s+|./gsu;

/** What no seed may have at a place where it does harm. */
// biome-ignore format: a bag of words
const FOREIGN = [
  '{', '}', '[', ']', '(', ')', '[*]', '.*', '.', ',', '|', '::', ':', '=', '!', '%', '#', '<<', '>>', '"', "'",
  '\\', '\\"', '/', '-', '1', '1.5', '1.5e', '1e+3', '-7', '99999999999999999999', 'r[1,2]', 'r(a,2)', 'r[', 'é', '😀',
  ' ', '\n', '\t', '\r\n', '\u00a0', 'or', 'OR', '|OR|', 'not', 'NOT ', 'in', 'IN', 'keys', 'KEYS ==', 'some ', 'this',
  'when ', 'WHEN', 'rule ', 'let ', 'exists', 'EMPTY', 'is_list', 'null', 'true', 'TRUE', '{}', '{ a: 1 }', "{'k': [1]}",
  '%x', '[ x | ', '[ keys in %y ]', 'count(a)', 'now()', 'foo(1)', 'p(%x, 1)', '<<m>>', '# c\n', 'AWS::S3::Bucket ',
  'A::B::C::D ', '::MODULE', '!empty', 'not empty',
];

/**
 * A rule text with one to four tokens deleted, doubled, swapped, replaced or inserted.
 *
 * @param pick an integer from 0 up to, not including, `limit`
 */
export function damage(text: string, pick: (limit: number) => number): string {
  const tokens = text.match(TOKEN) ?? [];
  for (let count = 1 + pick(4); count > 0; count--) {
    const at = pick(tokens.length + 1);
    const foreign = FOREIGN[pick(FOREIGN.length)] ?? '';
    switch (pick(6)) {
      case 0:
        tokens.splice(at, 1);
        break;
      case 1:
        tokens.splice(at, 0, tokens[pick(tokens.length)] ?? '');
        break;
      case 2:
        tokens.splice(at, 2, ...tokens.slice(at, at + 2).reverse());
        break;
      case 3:
        tokens.splice(at, 1, foreign);
        break;
      case 4:
        tokens.splice(at, 0, foreign);
        break;
      default:
        tokens.splice(at, pick(12));
    }
  }
  return tokens.join('');
}
