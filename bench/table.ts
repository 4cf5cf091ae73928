import type { Job, Measured, Results } from './results.ts';

/** A Markdown table of all jobs beside what they are compared with, and how it was measured. */
export function budgetTable({ jobs, environment }: Results): string {
  const rows = jobs.flatMap((job) => job.references.flatMap((reference) => comparisons(job, reference)));
  return [
    '| Job | ours | compared with | ratio | budget |',
    '|---|--:|---|--:|--:|',
    ...rows,
    '',
    `Medians of ${fewest(jobs)} to ${most(jobs)} runs, taken in turns; half of the runs were within ${noise(jobs)} of them. Commit ${Object.values(environment.commits).join(', ')}, ${environment.date}: ${describe(environment)}.`,
    '',
  ].join('\n');
}

/** A Markdown table of two builds. */
export function buildTable({ jobs, environment }: Results): string {
  const [now = '', then = ''] = Object.entries(environment.commits).map(
    ([name, commit]) => `${name} (${commit})`,
  );
  const rows = jobs.flatMap(({ title, ours: [ours, other] }) =>
    ours === undefined || other === undefined
      ? []
      : [
          `| ${title} | ${milliseconds(ours)} | ${milliseconds(other)} | ${ratio(ours.median, other.median)} |`,
        ],
  );
  return [
    `| Job | ${now} | ${then} | ratio |`,
    '|---|--:|--:|--:|',
    ...rows,
    '',
    `Half of the runs were within ${noise(jobs)} of their median: smaller differences mean nothing.`,
    '',
  ].join('\n');
}

function comparisons({ title, ours: [ours] }: Job, reference: Measured & { budget: number }): string[] {
  if (ours === undefined) return [];
  const rows = [
    `| ${title} | ${milliseconds(ours)} | ${reference.name}: ${milliseconds(reference)} | ${ratio(ours.median, reference.median)} | ${reference.budget} |`,
  ];
  if (ours.memory !== null && reference.memory !== null)
    rows.push(
      `| its memory | ${megabytes(ours.memory)} | ${reference.name}: ${megabytes(reference.memory)} | ${ratio(ours.memory, reference.memory)} | 1 |`,
    );
  return rows;
}

function ratio(ours: number, other: number): string {
  const value = ours / other;
  return value < 0.1 ? value.toFixed(3) : value.toFixed(2);
}

function milliseconds({ median }: Measured): string {
  return `${median < 10 ? median.toFixed(1) : grouped(median)} ms`;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

function grouped(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** How far the runs of one command typically lie from their median: the middle one of all commands, in per cent. */
function noise(jobs: readonly Job[]): string {
  const spreads = jobs
    .flatMap(({ ours, references }) => [...ours, ...references])
    .map(({ median, quartiles: [low, high] }) => Math.max(median - low, high - median) / median)
    .sort((a, b) => a - b);
  return `${Math.round((spreads[spreads.length >> 1] ?? 0) * 100)} %`;
}

const fewest = (jobs: readonly Job[]) => Math.min(...jobs.map(({ rounds }) => rounds));
const most = (jobs: readonly Job[]) => Math.max(...jobs.map(({ rounds }) => rounds));

function describe({ processor, cores, system, node, git, native }: Results['environment']): string {
  const others = native === null ? '' : `, cfn-guard ${native}`;
  return `${processor}, ${cores} cores, ${system}, Node ${node}, git ${git}${others}`;
}
