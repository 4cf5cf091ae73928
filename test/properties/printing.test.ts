import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { RulesFile } from '../../src/language/ast.ts';
import { parseRules } from '../../src/language/parser.ts';
import { printRules } from '../../src/language/printer.ts';
import { RulesSyntaxError } from '../../src/language/syntax-error.ts';
import { Source } from '../../src/source/source.ts';
import { damage } from '../language/mutants.ts';
import { vectors } from '../support/rule-texts.ts';
import { Choices, decisions } from './arbitraries/choices.ts';
import { rulesFile } from './arbitraries/rules.ts';
import { holds } from './property.ts';

test('a rule file that is printed and read again is the same tree', () =>
  holds(300, rulesFile, assertSurvives, printRules));

test('a damaged rule file that can still be read is the same tree when it is printed and read again', () => {
  const texts = vectors().map(({ rules }) => rules);
  const damaged = fc
    .tuple(fc.constantFrom(...texts), decisions)
    .map(([text, numbers]) => {
      const choices = new Choices(numbers);
      return damage(text, (limit) => choices.below(limit));
    })
    .filter(isReadable);
  return holds(400, damaged, (text) => assertSurvives(read(text)), String);
});

function assertSurvives(file: RulesFile): void {
  assert.deepEqual(withoutPlaces(read(printRules(file))), withoutPlaces(file));
}

function read(text: string): RulesFile {
  return parseRules(new Source('r.guard', text));
}

function isReadable(text: string): boolean {
  try {
    read(text);
    return true;
  } catch (error) {
    if (error instanceof RulesSyntaxError) return false;
    throw error;
  }
}

function withoutPlaces(file: RulesFile): unknown {
  return JSON.parse(JSON.stringify(file, (key, value: unknown) => (key === 'span' ? undefined : value)));
}
