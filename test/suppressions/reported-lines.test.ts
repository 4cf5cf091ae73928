import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { NO_STORE } from '../../src/cache/store.ts';
import { type Assessment, assess } from '../../src/check/assess.ts';
import { judge } from '../../src/check/judge.ts';
import { compileRuleTexts } from '../../src/check/rules.ts';
import { STANDARD_LIMITS } from '../../src/source/limits.ts';

const FIXTURES = fileURLToPath(new URL('../../fixtures/', import.meta.url));
const { programs } = await compileRuleTexts(
  { packs: ['strict', 'published'], sources: [], diagnostics: [] },
  NO_STORE,
  STANDARD_LIMITS,
);

function assessed(text: string): Assessment {
  const bytes = Buffer.from(text);
  const [judged] = judge([{ input: { path: 't.yml', content: bytes }, bytes }], {
    programs,
    intrinsics: true,
    limits: STANDARD_LIMITS,
  });
  return assess(
    { path: 't.yml', verdict: judged?.verdict ?? assert.fail(), before: null },
    { levelOf: () => 'error', excuses: [], onlyNew: false, failOnUnknown: false, today: '2027-03-31' },
  );
}

/** The text with a comment at one of its lines, 1-based. */
const WAYS: Readonly<Record<string, (lines: readonly string[], line: number, comment: string) => string[]>> =
  {
    'above it': (lines, line, comment) =>
      lines.toSpliced(line - 1, 0, (/^\s*/.exec(lines[line - 1] ?? '')?.[0] ?? '') + comment),
    'behind it': (lines, line, comment) => lines.with(line - 1, `${lines[line - 1]} ${comment}`),
  };

for (const folder of ['ecs', 'templates'])
  for (const [way, put] of Object.entries(WAYS))
    test(`in fixtures/${folder} a comment at the line that a report names excuses what it reports: ${way}`, () => {
      const names = readdirSync(join(FIXTURES, folder)).filter((name) => /\.ya?ml$/.test(name));
      let tried = 0;
      for (const name of names) {
        const lines = readFileSync(join(FIXTURES, folder, name), 'utf8').split('\n');
        const { findings } = assessed(lines.join('\n'));
        for (const { rule, path, line } of findings) {
          const excused = assessed(put(lines, line, `# ecs-guard-ignore ${rule}: why`).join('\n'));
          const at = `${name}:${line} ${rule}`;
          assert.ok(
            excused.suppressed.some((each) => each.rule === rule && each.path === path),
            at,
          );
          assert.ok(
            excused.suppressed.every((each) => each.rule === rule),
            at,
          );
          assert.equal(excused.findings.length + excused.suppressed.length, findings.length, at);
          tried++;
        }
      }
      assert.ok(tried > 10, `${tried} findings`);
    });
