import { Failure } from './failure.ts';
import { JsonError, JsonReader } from './json-reader.ts';

/** Rules and data as texts, as `--payload` takes them. */
export interface Payload {
  readonly rules: readonly string[];
  readonly data: readonly string[];
}

/** @throws {Failure} with the native tool's text for malformed JSON, or JSON of another shape */
export function readPayload(text: string): Payload {
  const reader = new JsonReader(text);
  let rules: string[] = [];
  let data: string[] = [];
  const strings = () => reader.list(() => reader.string());
  try {
    reader.struct('Payload', {
      rules: {
        read: () => {
          rules = strings();
        },
      },
      data: {
        read: () => {
          data = strings();
        },
      },
    });
    reader.end();
  } catch (error) {
    if (error instanceof JsonError) throw new Failure(`Parser Error when parsing \`${error.message}\``);
    throw error;
  }
  return { rules, data };
}
