import { characterMatcher } from './matcher.ts';
import type { Assertion } from './node.ts';
import { WORD } from './properties.ts';

const isWord = characterMatcher({ kind: 'set', set: WORD, ignoreCase: false });

/** Whether an assertion holds at an offset of the subject. Only the line feed ends a line. */
export function assertionHolds(assertion: Assertion, subject: string, at: number): boolean {
  switch (assertion) {
    case 'text-start':
      return at === 0;
    case 'text-end':
      return at === subject.length;
    case 'line-start':
      return at === 0 || subject[at - 1] === '\n';
    case 'line-end':
      return at === subject.length || subject[at] === '\n';
    case 'word-boundary':
      return wordBefore(subject, at) !== wordAfter(subject, at);
    case 'no-word-boundary':
      return wordBefore(subject, at) === wordAfter(subject, at);
    case 'word-start':
      return !wordBefore(subject, at) && wordAfter(subject, at);
    case 'word-end':
      return wordBefore(subject, at) && !wordAfter(subject, at);
  }
}

function wordAfter(subject: string, at: number): boolean {
  const codePoint = subject.codePointAt(at);
  return codePoint !== undefined && isWord(codePoint);
}

function wordBefore(subject: string, at: number): boolean {
  return at > 0 && isWord(subject.codePointAt(previousOffset(subject, at))!);
}

/** Offset of the character before `at`. */
export function previousOffset(subject: string, at: number): number {
  const unit = subject.charCodeAt(at - 1);
  return unit >= 0xdc00 && unit <= 0xdfff && at > 1 ? at - 2 : at - 1;
}
