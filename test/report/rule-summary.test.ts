import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ruleSummary } from '../../src/report/rule-summary.ts';

test('the summary is the first sentence, on one line', () => {
  assert.equal(ruleSummary('Users must\nnot be root. Or else.\n\nMore.'), 'Users must not be root.');
  assert.equal(ruleSummary('Set it to 0.5 or more'), 'Set it to 0.5 or more');
  assert.equal(ruleSummary('Title\n\nText.'), 'Title');
});

test('what a comment calls its description is preferred', () => {
  assert.equal(
    ruleSummary('Specification\n\nDescription:\n  It checks this\n  and that. More.\n\nReports'),
    'It checks this and that.',
  );
  assert.equal(ruleSummary('Id: x\nDescription: Short.'), 'Short.');
  assert.equal(ruleSummary('The description: none. More.'), 'The description: none.');
});
