import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { evaluate } from '../../src/engine/evaluate.ts';
import { Subject } from '../../src/engine/subject.ts';
import { idsElsewhere } from '../../src/report/ids-elsewhere.ts';
import { ruleSummary } from '../../src/report/rule-summary.ts';
import { loadGuardData } from '../../src/template/guard-data.ts';
import { commentOf, pageOf, programOf, type ShippedRule, shippedRules } from '../support/rules.ts';

/** Headings of a page that must be there, in this order; others may stand between them. */
const HEADINGS = ['Why', 'How to fix', 'More'];

for (const rule of shippedRules()) {
  describe(`The page of ${rule.name}`, () => {
    const page = pageOf(rule) ?? '';

    test('begins with what the rule is about, as its file does', () => {
      const [title, , summary = ''] = page.split('\n');
      assert.equal(title, `# ${rule.name}`);
      assert.equal(ruleSummary(textBelow(page, summary)), ruleSummary(commentOf(rule)));
    });

    test('says why, how to fix it, and where to read more', () => {
      const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
      assert.deepEqual(
        headings.filter((heading) => HEADINGS.includes(heading ?? '')),
        HEADINGS,
      );
      assert.match(sectionOf(page, 'More'), /^- \[.+\]\(https:.+\)$/m);
      assert.doesNotMatch(page + commentOf(rule), /…/, 'the skeleton of the rule is to be filled in');
    });

    test('has an example that fails, and repairs it', () => {
      const examples = [...sectionOf(page, 'How to fix').matchAll(/^(\w+):\n\n```yaml\n([\s\S]*?)^```$/gm)];
      assert.deepEqual(
        examples.map(([, label, text = '']) => [label, verdict(rule, text)]),
        [
          ['Before', 'FAIL'],
          ['After', 'PASS'],
        ],
      );
    });

    test('names the same check elsewhere by the ids that the file of the rule has', () => {
      const listed = [...sectionOf(page, 'Elsewhere').matchAll(/^- (.+)$/gm)].map(([, id]) => id);
      assert.deepEqual(listed, idsElsewhere(commentOf(rule)));
    });
  });
}

function verdict(rule: ShippedRule, template: string): string {
  const { root } = loadGuardData('example.yaml', Buffer.from(template));
  return evaluate(programOf(rule), new Subject(root)).status;
}

function textBelow(page: string, from: string): string {
  return page.slice(page.indexOf(from));
}

function sectionOf(page: string, heading: string): string {
  return new RegExp(`^## ${heading}\\n([\\s\\S]*?)(?=^## |(?![\\s\\S]))`, 'm').exec(page)?.[1] ?? '';
}
