import type { Counts, Report, ReportFinding } from '../../src/report/report.ts';
import { NO_COLOURS } from '../../src/reporters/colours.ts';
import { type Format, REPORTERS, type Reporter, wholeText } from '../../src/reporters/index.ts';
import type { View } from '../../src/reporters/view.ts';

/* Reports that every format is tried on. */

export const PLAIN: View = {
  colours: NO_COLOURS,
  terminal: false,
  quiet: false,
  unknowns: false,
  committing: false,
  version: '1.2.3',
};

export const NO_COUNTS: Counts = {
  templates: 0,
  failedTemplates: 0,
  violations: 0,
  warnings: 0,
  notes: 0,
  unknown: 0,
  suppressed: 0,
  old: 0,
  rules: 5,
};

export const EMPTY: Report = {
  version: 1,
  staged: false,
  templates: [],
  findings: [],
  unknowns: [],
  suppressed: [],
  remarks: [],
  rules: [],
  diagnostics: [],
  counts: NO_COUNTS,
  elapsed: 6.4,
};

export const FINDING: ReportFinding = {
  file: 'infra/worker.yml',
  line: 13,
  column: 11,
  rule: 'tasks_denied_root_user',
  ruleFile: 'baseline/tasks_denied_root_user.guard',
  message: "User is not set; set it, e.g. User: '1000:1000'",
  path: '/Resources/Worker/Properties/ContainerDefinitions/0',
  resource: 'Worker',
  container: 'app',
  level: 'error',
};

/** What `FINDING` is excused by in its template. */
const HELD = {
  rule: FINDING.rule,
  reason: 'vendor image',
  until: '2027-03-31',
  file: FINDING.file,
  line: 12,
  column: 11,
};

export function reportOf(findings: readonly ReportFinding[], changes: Partial<Report> = {}): Report {
  const files = [...new Set(findings.map(({ file }) => file))];
  const rules = new Map(findings.map(({ rule, ruleFile }) => [`${ruleFile} ${rule}`, { rule, ruleFile }]));
  return {
    ...EMPTY,
    templates: files.map((path) => ({ path, status: 'FAIL' })),
    findings,
    rules: [...rules.values()].map(({ rule, ruleFile }) => ({ name: rule, file: ruleFile, help: null })),
    counts: {
      ...NO_COUNTS,
      templates: files.length,
      failedTemplates: files.length,
      violations: findings.length,
    },
    ...changes,
  };
}

const TROUBLE = [
  {
    code: 'git',
    message: 'this is not a git repository',
    help: 'run it in one, or name the files to judge',
  },
  {
    code: 'template-syntax',
    file: 'broken.yml',
    line: 3,
    column: 7,
    message: 'the list is not closed',
    help: 'add `]`',
  },
  { code: 'template-encoding', file: 'latin.yml', line: 2, message: 'byte 9 (0xe9) is not valid UTF-8' },
  { code: 'rules-evaluation', file: 'own.guard', message: 'these rules cannot judge `clean.yml`: 100% odd' },
] as const;

const ODD = '€:,%&<>"\'\u001b[2J\r\n::warning::\u202e\ud800\uffff]]>{0} [a](b).yml';

export const REPORTS: Readonly<Record<string, Report>> = {
  empty: EMPTY,
  clean: {
    ...EMPTY,
    templates: [
      { path: 'a.yml', status: 'PASS' },
      { path: 'b.yml', status: 'SKIP' },
    ],
  },
  shard: { ...reportOf([FINDING]), shard: { index: 2, count: 4 } },
  violations: reportOf(
    [
      FINDING,
      { ...FINDING, line: 20, column: 17, container: '[1]', message: '`User` is "0" but must not be "0"' },
      {
        ...FINDING,
        rule: 'default',
        ruleFile: 'own.guard',
        line: 30,
        column: 3,
        resource: 'Service',
        container: null,
        path: '/Resources/Service',
      },
      { ...FINDING, file: 'other.json', line: 1, column: 1, resource: null, container: null, path: '' },
    ],
    {
      rules: [
        {
          name: 'tasks_denied_root_user',
          file: 'baseline/tasks_denied_root_user.guard',
          help: 'Containers must run as a user\nother than root.\n\nSee https://example.org/root?why=1#it.',
        },
        { name: 'default', file: 'own.guard', help: null },
      ],
    },
  ),
  'diagnostics-only': {
    ...EMPTY,
    templates: [
      { path: 'broken.yml', status: 'ERROR' },
      { path: 'clean.yml', status: 'ERROR' },
      { path: 'latin.yml', status: 'ERROR' },
    ],
    diagnostics: TROUBLE,
  },
  'violations-and-diagnostics': reportOf([FINDING], {
    templates: [
      { path: 'infra/worker.yml', status: 'ERROR' },
      { path: 'broken.yml', status: 'ERROR' },
    ],
    diagnostics: TROUBLE,
  }),
  levels: reportOf(
    [
      FINDING,
      { ...FINDING, line: 14, level: 'warn', when: 'IsProd is false' },
      {
        ...FINDING,
        line: 15,
        rule: 'image_is_pinned',
        level: 'info',
        from: 'Image comes from parameter Image, default "a" (line 7)',
      },
    ],
    { counts: { ...NO_COUNTS, templates: 1, failedTemplates: 1, violations: 1, warnings: 1, notes: 1 } },
  ),
  'warnings-only': reportOf([{ ...FINDING, level: 'warn' }], {
    counts: { ...NO_COUNTS, templates: 1, failedTemplates: 1, warnings: 1 },
  }),
  'excuses-and-unknowns': {
    ...EMPTY,
    templates: [
      { path: 'infra/worker.yml', status: 'PASS' },
      { path: 'open.yml', status: 'UNKNOWN' },
      { path: 'other.yml', status: 'SKIP' },
    ],
    suppressed: [
      { ...FINDING, suppression: HELD },
      {
        ...FINDING,
        line: 20,
        level: 'warn',
        suppression: { ...HELD, until: null, file: '.ecs-guardrc.json', line: 4, column: 5 },
      },
      {
        ...FINDING,
        line: 21,
        suppression: { ...HELD, reason: null, until: null, line: 8 },
      },
    ],
    unknowns: [{ ...FINDING, file: 'open.yml', message: 'User comes from an import' }],
    remarks: [
      { kind: 'suppression-expired', file: '.ecs-guardrc.json', message: 'an excuse ended' },
      {
        kind: 'suppression-added',
        file: 'infra/worker.yml',
        line: 12,
        column: 11,
        message: 'an excuse is new',
      },
      {
        kind: 'suppression-unused',
        file: 'infra/worker.yml',
        line: 30,
        column: 3,
        message: 'nothing needs it',
      },
      { kind: 'suppression-ignored', file: 'open.yml', line: 2, column: 1, message: 'it does not count' },
      { kind: 'limit', file: 'open.yml', message: 'not all forms were judged' },
    ],
    rules: [{ name: FINDING.rule, file: FINDING.ruleFile, help: null }],
    counts: { ...NO_COUNTS, templates: 3, unknown: 1, suppressed: 3, old: 4 },
  },
  'odd-names': reportOf(
    [
      { ...FINDING, file: ODD, rule: 'règle', message: ODD, resource: ODD, container: ODD, path: `/${ODD}` },
      { ...FINDING, file: '../up and away/#1?.yml' },
      { ...FINDING, file: '/absolute/path.yml' },
      { ...FINDING, file: 'C:/other drive/path.yml' },
    ],
    {
      rules: [{ name: 'règle', file: 'ö.guard', help: '' }],
      diagnostics: [{ code: 'template-syntax', file: ODD, line: 1, column: 1, message: ODD, help: ODD }],
    },
  ),
};

/** A report of a thousand templates with five violations each. */
export function longReport(): Report {
  const findings = Array.from({ length: 5000 }, (_, at) => ({
    ...FINDING,
    file: `stack-${String(at % 1000).padStart(4, '0')}.yml`,
    line: 1 + Math.floor(at / 1000),
    message: 'm'.repeat(500),
  }));
  return reportOf(findings);
}

/** All that a format prints of a report. */
export async function shownBy(format: Format, report: Report, view = PLAIN): Promise<string> {
  const { load, summarise }: Reporter = REPORTERS[format];
  const lines = Buffer.from((await load())(report, view));
  return wholeText(lines, summarise?.(report, view) ?? '').toString();
}
