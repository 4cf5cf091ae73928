import type { Value } from '../value/value.ts';

/** What a value of a template comes to under some circumstances. */
export type Outcome =
  /** Nothing: the property or list element goes away. */
  | { readonly kind: 'absent' }
  /** Something that is written in the template, here or elsewhere. */
  | { readonly kind: 'written'; readonly value: Value; readonly origins: readonly Origin[] }
  /** The value of a parameter, which is text whatever the property takes. */
  | {
      readonly kind: 'argument';
      readonly text: string;
      readonly isNumber: boolean;
      readonly origins: readonly Origin[];
    }
  | { readonly kind: 'text'; readonly text: Text }
  | { readonly kind: 'texts'; readonly items: readonly Text[] }
  /** `why` completes the sentence "its value is not known: …". */
  | { readonly kind: 'unknown'; readonly why: string };

/** A text that was put together, perhaps with gaps. */
export interface Text {
  readonly parts: readonly (string | Gap)[];
  readonly origins: readonly Origin[];
}

/** A part of a text that nobody knows before deployment. */
export interface Gap {
  /** As it stands in the template, or would stand there in `Fn::Sub`: `${Name}`. */
  readonly written: string;
  /** The pseudo parameter that fills it; null for anything else. */
  readonly pseudo: string | null;
  readonly why: string;
}

/** Where a value was taken from. */
export interface Origin {
  /** For people: ``parameter `RunAs`, default``. */
  readonly words: string;
  /** The value, where that is not said by the words. */
  readonly text?: string;
  /** Where that is written. */
  readonly at: Value;
}

export const ABSENT: Outcome = { kind: 'absent' };

/** A text without gaps; undefined when it has some. */
export function wholeText({ parts }: Text): string | undefined {
  return parts.every((part) => typeof part === 'string') ? parts.join('') : undefined;
}

/** A text as people would write it for `Fn::Sub`. */
export function writtenText({ parts }: Text): string {
  return parts.map((part) => (typeof part === 'string' ? part : part.written)).join('');
}

export function concatenated(texts: readonly Text[]): Text {
  return {
    parts: texts.flatMap(({ parts }) => parts).filter((part) => part !== ''),
    origins: [...new Set(texts.flatMap(({ origins }) => origins))],
  };
}
