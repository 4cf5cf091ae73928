import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RulesFile } from '../../src/language/ast.ts';
import { parseRules } from '../../src/language/parser.ts';
import { printRules } from '../../src/language/printer.ts';
import { Source } from '../../src/source/source.ts';
import { rulesFile } from './arbitraries/rules.ts';
import { holds } from './property.ts';

test('a rule file that is printed and read again is the same tree', () =>
  holds(
    300,
    rulesFile,
    (file) => {
      const read = parseRules(new Source('r.guard', printRules(file)));
      assert.deepEqual(withoutPlaces(read), withoutPlaces(file));
    },
    printRules,
  ));

function withoutPlaces(file: RulesFile): unknown {
  return JSON.parse(JSON.stringify(file, (key, value: unknown) => (key === 'span' ? undefined : value)));
}
