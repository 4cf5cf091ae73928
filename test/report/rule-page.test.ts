import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rulePage } from '../../src/report/rule-page.ts';

test('the sections of a page that say more than the comment of its rule are told apart', () => {
  const page = rulePage(
    '# own_rule\n\nWhat it is about.\n\n## Why\n\nOne.\n\nTwo.\n\n## How to fix\n\nDo this:\n\n```yaml\na: b\n```\n\n## More\n\n- [a](https://example.com/)\n',
  );
  assert.deepEqual(page, [
    { title: 'Why', text: 'One.\n\nTwo.' },
    { title: 'How to fix', text: 'Do this:\n\n```yaml\na: b\n```' },
  ]);
});

test('a page without headings has no sections', () => {
  assert.deepEqual(rulePage('# own_rule\n'), []);
});
