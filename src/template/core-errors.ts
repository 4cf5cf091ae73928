import { DataError } from './guard-data.ts';
import { isBreak } from './yaml/characters.ts';
import type { YamlSyntaxError } from './yaml/syntax-error.ts';

/** A text the core reader cannot read; the message is that of the YAML library, without the sentence native puts around it. */
export class CoreSyntaxError extends DataError {}

/** Line and column from 0, as libyaml counts them. */
interface Mark {
  readonly line: number;
  readonly column: number;
}

/** Writes the error messages of serde_yaml for one text. */
export class CoreErrors {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  plain(message: string): CoreSyntaxError {
    return new CoreSyntaxError(message);
  }

  /** An error of the YAML syntax: problem, place, context, place of the context. */
  syntax(error: YamlSyntaxError): CoreSyntaxError {
    const problem = this.#mark(error.problemAt);
    let message = error.problem + at(problem);
    if (error.context !== '') {
      message += `, ${error.context}`;
      const context = this.#mark(error.contextAt);
      if (context.line !== problem.line || context.column !== problem.column) message += at(context);
    }
    return new CoreSyntaxError(message);
  }

  /** An error of a value: its path in the document, the problem, its place. */
  value(path: string, problem: string, offset: number): CoreSyntaxError {
    return new CoreSyntaxError(`${path === '.' ? '' : `${path}: `}${problem}${at(this.#mark(offset))}`);
  }

  controlCharacter(offset: number): CoreSyntaxError {
    const bytes = Buffer.byteLength(this.#text.slice(0, offset));
    return new CoreSyntaxError(
      `control characters are not allowed${bytes === 0 ? '' : ` at position ${bytes}`}`,
    );
  }

  #mark(offset: number): Mark {
    const text = this.#text;
    let line = 0;
    let lineStart = 0;
    for (let index = 0; index < offset && index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (!isBreak(code) || (code === 0x0d && text.charCodeAt(index + 1) === 0x0a)) continue;
      line++;
      lineStart = index + 1;
    }
    if (offset > text.length) return { line: line + 1, column: 0 };
    return { line, column: [...text.slice(lineStart, offset)].length };
  }
}

function at({ line, column }: Mark): string {
  return line === 0 && column === 0 ? '' : ` at line ${line + 1} column ${column + 1}`;
}
