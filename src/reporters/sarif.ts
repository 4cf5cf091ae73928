import { idsElsewhere } from '../report/ids-elsewhere.ts';
import type { Remark, Report, ReportFinding, ReportRule } from '../report/report.ts';
import { ruleKey } from '../report/rule-key.ts';
import { ruleSummary } from '../report/rule-summary.ts';
import type { Suppression } from '../report/suppression.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import { fingerprints } from './fingerprint.ts';
import { LEVEL_NAMES, remarkLevel } from './level.ts';
import { textOf } from './subject.ts';
import type { View } from './view.ts';

/** A part of a SARIF log; undefined members are left out of the text. */
interface Part {
  readonly [name: string]: unknown;
}

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
/** What the rules are written in: the package has no page of its own. */
const LANGUAGE_GUIDE = 'https://docs.aws.amazon.com/cfn-guard/latest/ug/writing-rules.html';

/** The report as a SARIF 2.1.0 log with one run, for code scanning services and editors. */
export function sarif(report: Report, view: View): string {
  const log = { $schema: SCHEMA, version: '2.1.0', runs: [run(report, view)] };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function run(report: Report, { version }: View): Part {
  const { templates, findings, unknowns, suppressed, rules, diagnostics, remarks, shard } = report;
  const results = new Results(rules);
  // All results of a run say whether they are suppressed, or none does (SARIF 2.1.0, 3.27.23).
  const counts = suppressed.length === 0 ? {} : { suppressions: [] };
  const levels = levelsOf([...findings, ...suppressed, ...unknowns]);
  return {
    tool: {
      driver: {
        name: 'ecs-guard-staged',
        version,
        semanticVersion: version,
        informationUri: LANGUAGE_GUIDE,
        rules: rules.map((rule) => ruleDescriptor(rule, levels)),
      },
    },
    // Code scanning takes a log of the same category for a newer one, so each shard has its own: all up to the last slash.
    automationDetails: shard && { id: `ecs-guard-staged/shard-${shard.index}-of-${shard.count}/` },
    // A run that could not judge something has not passed it.
    invocations: [
      {
        executionSuccessful: diagnostics.length === 0,
        toolExecutionNotifications: [...diagnostics.map(notification), ...remarks.map(remarkNotification)],
      },
    ],
    columnKind: 'unicodeCodePoints',
    artifacts: templates.map(({ path }) => ({ location: { uri: uriOf(path) }, roles: ['analysisTarget'] })),
    results: [
      ...results.of(findings, ({ level }) => ({ level: LEVEL_NAMES[level], ...counts })),
      ...results.of(suppressed, ({ level, suppression, file }) => ({
        level: LEVEL_NAMES[level],
        suppressions: [suppressionOf(suppression, file)],
      })),
      // A level is that of a failure, and nobody knows whether this is one.
      ...results.of(unknowns, () => ({ kind: 'open', level: 'none', ...counts })),
    ],
  };
}

/** Makes results, which point at the descriptions of their rules. */
class Results {
  readonly #indices: ReadonlyMap<string, number>;

  constructor(rules: readonly ReportRule[]) {
    this.#indices = new Map(rules.map((rule, index) => [ruleKey(rule.file, rule.name), index]));
  }

  of<Finding extends ReportFinding>(
    findings: readonly Finding[],
    verdict: (finding: Finding) => Part,
  ): Part[] {
    const marks = fingerprints(findings);
    return findings.map((finding, at) => ({
      ruleId: ruleId(finding.ruleFile, finding.rule),
      ruleIndex: this.#indices.get(ruleKey(finding.ruleFile, finding.rule)),
      ...verdict(finding),
      message: { text: textOf(finding) },
      locations: [
        { physicalLocation: physicalLocation(finding), logicalLocations: logicalLocations(finding) },
      ],
      partialFingerprints: { 'finding/v1': marks[at] },
    }));
  }
}

function suppressionOf({ reason, until, line, column, file }: Suppression, template: string): Part {
  const end = until === null ? undefined : `until ${until}`;
  return {
    kind: file === template ? 'inSource' : 'external',
    justification: [reason, end].filter((part) => part != null).join(', ') || undefined,
    location: { physicalLocation: physicalLocation({ file, ...(line === 0 ? {} : { line, column }) }) },
  };
}

/** The level of each rule, which is that of all of its findings. */
function levelsOf(findings: readonly ReportFinding[]): ReadonlyMap<string, ReportFinding['level']> {
  return new Map(findings.map(({ rule, ruleFile, level }) => [ruleKey(ruleFile, rule), level]));
}

function ruleDescriptor(
  { name, file, help }: ReportRule,
  levels: ReadonlyMap<string, ReportFinding['level']>,
): Part {
  const text = help ?? `Rule \`${name}\` of \`${file}\`. A comment above the rule would say more.`;
  const ids = help === null ? [] : idsElsewhere(help);
  return {
    id: ruleId(file, name),
    shortDescription: { text: ruleSummary(text) },
    fullDescription: { text },
    help: { text, markdown: text },
    helpUri: /https?:\/\/[^\s<>()[\]"'`]*[^\s<>()[\]"'`.,;:!?]/.exec(help ?? '')?.[0],
    defaultConfiguration: { level: LEVEL_NAMES[levels.get(ruleKey(file, name)) ?? 'error'] },
    properties: { ruleFile: file, ...(ids.length > 0 && { tags: ids }) },
  };
}

/** Every file may have its own rule outside of all rules, so the file is part of what that one is called. */
function ruleId(file: string, name: string): string {
  return name === 'default' ? `${file}/default` : name;
}

function notification({ code, message, help, ...at }: Diagnostic): Part {
  return {
    descriptor: { id: code },
    level: 'error',
    message: { text: help === undefined ? message : `${message}\nhelp: ${help}` },
    ...(at.file === undefined ? {} : { locations: [{ physicalLocation: physicalLocation(at) }] }),
  };
}

function remarkNotification(remark: Remark): Part {
  return {
    descriptor: { id: remark.kind },
    level: LEVEL_NAMES[remarkLevel(remark)],
    message: { text: remark.message },
    locations: [{ physicalLocation: physicalLocation(remark) }],
  };
}

function physicalLocation({ file = '', line, column }: Pick<Diagnostic, 'file' | 'line' | 'column'>): Part {
  return {
    artifactLocation: { uri: uriOf(file) },
    region: line === undefined ? undefined : { startLine: line, startColumn: column },
  };
}

/** The resource and the container in it; what stands outside of all resources is named by its path. */
function logicalLocations({ resource, container, path }: ReportFinding): Part[] {
  if (resource === null) return [{ fullyQualifiedName: path || '/', kind: 'property' }];
  const outer = { name: resource, fullyQualifiedName: resource, kind: 'resource' };
  if (container === null) return [outer];
  return [outer, { name: container, fullyQualifiedName: `${resource}/${container}`, kind: 'container' }];
}

/** A URI reference for a path with forward slashes, which is relative to the working directory unless it is absolute. */
function uriOf(path: string): string {
  const wellFormed = path.replace(/\p{Surrogate}/gu, '\ufffd');
  const drive = /^[A-Za-z]:(?=\/)/.exec(wellFormed)?.[0] ?? '';
  const rest = wellFormed.slice(drive.length).split('/').map(encodeURIComponent).join('/');
  if (drive !== '') return `file:///${drive}${rest}`;
  return rest.startsWith('/') ? `file://${rest}` : rest;
}
