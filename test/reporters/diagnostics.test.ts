import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadColours, NO_COLOURS } from '../../src/reporters/colours.ts';
import { renderDiagnostics } from '../../src/reporters/diagnostics.ts';

test('a diagnostic is its place and sentence, with the way out below', () => {
  assert.equal(
    renderDiagnostics(
      [
        { code: 'template-syntax', file: 'a.yml', line: 3, column: 7, message: 'broken', help: 'mend it' },
        { code: 'template-encoding', file: 'b.yml', line: 2, message: 'not UTF-8' },
        { code: 'rules-unreadable', file: 'c.guard', message: 'cannot be read' },
        { code: 'usage', message: 'there is no option `--x`' },
      ],
      NO_COLOURS,
    ),
    `a.yml:3:7  error  broken
  help: mend it
b.yml:2:1  error  not UTF-8
c.guard  error  cannot be read
error  there is no option \`--x\`
`,
  );
});

test('with colour the place and the word error stand out', async () => {
  const text = renderDiagnostics([{ code: 'git', file: 'a', message: 'm' }], await loadColours(true));
  assert.equal(text, '\u001b[36ma\u001b[39m  \u001b[31merror\u001b[39m  m\n');
});
