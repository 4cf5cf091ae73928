import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HEADER = /^Parsing error handling rule file = m(\d+)\.guard, Error = /gm;

/** The parser of the native tool, asked through its commands. */
export class NativeParser {
  readonly #binary: string;
  /** Before 3.2 the native tool took unknown functions for granted, and no call without arguments. */
  readonly #readsCallsAlike: boolean;

  constructor(binary: string) {
    this.#binary = binary;
    this.#readsCallsAlike = !/ 3\.[01]\./.test(execFileSync(binary, ['--version'], { encoding: 'utf8' }));
  }

  /** Those of the texts that this version of the native tool reads by the grammar of 3.2. */
  comparable(texts: readonly string[]): readonly string[] {
    return this.#readsCallsAlike ? texts : texts.filter((text) => !/\w\(/.test(text));
  }

  /** Name under which {@link errors} hands over a text. */
  fileName(at: number): string {
    return `m${at}.guard`;
  }

  /** The parse error of each text. The structured mode reads all rule files before it judges anything. */
  errors(texts: readonly string[]): readonly (string | undefined)[] {
    return inFolder((folder) => {
      for (const [at, text] of texts.entries()) writeFileSync(join(folder, this.fileName(at)), text);
      const data = join(folder, 'data.json');
      writeFileSync(data, '{}');
      const options = ['validate', '-r', folder, '-d', data, '-z', '-o', 'json', '-S', 'none'];
      const { stderr } = spawnSync(this.#binary, options, { encoding: 'utf8', maxBuffer: 2 ** 30 });
      return collect(stderr, texts.length);
    });
  }

  /** What `parse-tree` prints for one text. */
  tree(text: string): unknown {
    return inFolder((folder) => {
      const rules = join(folder, 'rules.guard');
      writeFileSync(rules, text);
      const options = ['parse-tree', '-p', '-r', rules];
      return JSON.parse(
        execFileSync(this.#binary, options, { encoding: 'utf8', maxBuffer: 2 ** 30 }),
      ) as unknown;
    });
  }
}

function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'guard-native-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function collect(stderr: string, count: number): readonly (string | undefined)[] {
  const errors = new Array<string | undefined>(count).fill(undefined);
  const headers = [...stderr.matchAll(HEADER)];
  for (const [index, header] of headers.entries()) {
    const end = headers[index + 1]?.index ?? stderr.length;
    const report = stderr.slice(header.index + header[0].length, end);
    errors[Number(header[1])] = report.slice(0, report.lastIndexOf('\n---\n'));
  }
  return errors;
}
