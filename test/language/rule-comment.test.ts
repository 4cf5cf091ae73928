import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ruleComment } from '../../src/language/rule-comment.ts';
import { Source } from '../../src/source/source.ts';

const comment = (text: string, name = 'r') => ruleComment(new Source('r.guard', text), name);

test('the comment directly above a rule is about it', () => {
  assert.equal(comment('# File.\n\n# One.\n#\n#   code\nrule r { a exists }'), 'One.\n\n  code');
  assert.equal(comment('# One.\r\nrule r\r\n{ a exists }'), 'One.');
});

test('a rule without a comment of its own has that of its file', () => {
  assert.equal(comment('\n# File.\n# More.\n\nlet a = b\n\nrule r { a exists }'), 'File.\nMore.');
  assert.equal(comment('# File.\n\na exists', 'default'), 'File.');
});

test('the comment of another rule is no comment of the file', () => {
  assert.equal(comment('# Other.\nrule other { a exists }\n\nrule r { a exists }'), null);
});

test('a rule is not taken for one whose name begins alike', () => {
  assert.equal(
    comment('# Long.\nrule r_two { a exists }\n# Accent.\nrule ré { a exists }\n# Own.\nrule r { a exists }'),
    'Own.',
  );
});

test('lines that only decorate are dropped, and a comment of nothing else is none', () => {
  assert.equal(comment('######\n# Text #1\n# ====\n\nrule r { a exists }'), 'Text #1');
  assert.equal(comment('# ----\nrule r { a exists }'), null);
  assert.equal(comment('rule r { a exists } # behind'), null);
  assert.equal(comment(''), null);
});

test('the heading of a part of the file is not about the rule below it', () => {
  const rule = 'rule r { a exists }';
  assert.equal(comment(`# File.\n\nlet a = b\n\n#\n# Primary Rules\n#\n${rule}`), 'File.');
  assert.equal(comment(`# File.\n\nlet a = b\n####\n## Rules ##\n####\n${rule}`), 'File.');
  assert.equal(comment(`# File.\n\nlet a = b\n#\n# One.\n# Two.\n#\n${rule}`), 'One.\nTwo.');
});

test('the marks of a box around a line are dropped', () => {
  assert.equal(
    comment('#####\n##   Specification   ##\n#####\n# In C#\nrule r { a exists }'),
    'Specification\n\nIn C#',
  );
});
