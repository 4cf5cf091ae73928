import type { Curve, Job, Point, Results } from './results.ts';

/*
 * An SVG of the figures. Its background is left out and its colours are chosen by the reader's light or dark mode, so it
 * can stand on any page.
 */

const WIDTH = 940;
const ROW = 26;
/** Where the scale of ratios begins and ends. */
const LEFT = 500;
const RIGHT = WIDTH - 60;
const PANEL = { width: 180, height: 150, gap: 50, left: 44 };

const STYLE = `
  text { font: 12px ui-sans-serif, system-ui, sans-serif; fill: #57606a }
  .head { font-weight: 600; fill: #24292f }
  .end { text-anchor: end }
  .middle { text-anchor: middle }
  .small { font-size: 10px }
  .job { font-size: 11px }
  .grid { stroke: #8c959f; stroke-opacity: .35 }
  .budget { stroke: #57606a; stroke-width: 2 }
  .ours { stroke: #0969da; fill: #0969da }
  .native { stroke: #bc4c00; fill: #bc4c00 }
  .line { fill: none; stroke-width: 2 }
  text.ours, text.native { stroke: none }
  @media (prefers-color-scheme: dark) {
    text { fill: #9198a1 }
    .head { fill: #f0f6fc }
    .budget { stroke: #9198a1 }
    .ours { stroke: #4493f8; fill: #4493f8 }
    .native { stroke: #f0883e; fill: #f0883e }
    .line { fill: none }
  }
`;

/** Ratios of all jobs above, growth below. */
export function plot({ jobs, curves }: Results): string {
  const rows = jobs.flatMap((job) => job.references.map((reference) => ratioOf(job, reference)));
  const top = 60 + rows.length * ROW;
  const height = top + (curves.length > 0 ? PANEL.height + 110 : 0);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img">`,
    '<title>Run times beside git, Node and the native tool</title>',
    `<style>${STYLE}</style>`,
    ...ratios(rows, top),
    ...growth(curves, top),
    '</svg>',
    '',
  ].join('\n');
}

interface Row {
  readonly title: string;
  readonly ratio: number;
  readonly budget: number;
}

function ratioOf({ title, ours }: Job, reference: Job['references'][number]): Row {
  const ratio = (ours[0]?.median ?? Number.NaN) / reference.median;
  return { title: `${title} ÷ ${reference.name}`, ratio, budget: reference.budget };
}

/** A dot for each ratio, left of the line where both take the same time; a tick for the budget. */
function ratios(rows: readonly Row[], bottom: number): string[] {
  const values = rows.flatMap(({ ratio, budget }) => [ratio, budget]);
  const lowest = 10 ** Math.floor(Math.log10(Math.min(...values)));
  const x = logScale([lowest, Math.max(3, ...values)], [LEFT, RIGHT]);
  const marks = powersOfTen(lowest, 1).flatMap((value) => [
    line('grid', [x(value), 38], [x(value), bottom - 20]),
    text('small middle', x(value), bottom - 6, value === 1 ? 'same time' : `${trimmed(value)} ×`),
  ]);
  const dots = rows.flatMap(({ title, ratio, budget }, at) => {
    const y = 52 + at * ROW;
    return [
      text('job end', LEFT - 16, y + 4, title),
      line('ours', [x(ratio), y], [x(1), y]),
      line('budget', [x(budget), y - 8], [x(budget), y + 8]),
      `<circle class="ours" cx="${round(x(ratio))}" cy="${y}" r="5"/>`,
      text('small', WIDTH - 48, y + 4, `${trimmed(ratio)} ×`),
    ];
  });
  return [
    text('head', 8, 20, 'Time as a multiple of what it is compared with; tick: budget'),
    ...marks,
    ...dots,
  ];
}

function growth(curves: readonly Curve[], top: number): string[] {
  if (curves.length === 0) return [];
  const legend = [
    text('head', 8, top + 28, 'Run time as one quantity grows, both scales logarithmic'),
    text('ours', 400, top + 28, '● ours'),
    text('native', 460, top + 28, '● native'),
  ];
  const panels = curves.map((curve, at) => {
    const left = PANEL.left + at * (PANEL.width + PANEL.gap);
    return `<g transform="translate(${left} ${top + 46})">\n${panel(curve).join('\n')}\n</g>`;
  });
  return [...legend, ...panels];
}

function panel({ title, points }: Curve): string[] {
  const { width, height } = PANEL;
  const sizes = points.map(({ size }) => size);
  const times = points.flatMap(({ ours, native }) => (native === null ? [ours] : [ours, native]));
  const fastest = 10 ** Math.floor(Math.log10(Math.min(...times)));
  const slowest = 10 ** Math.ceil(Math.log10(Math.max(...times)));
  const x = logScale([Math.min(...sizes), Math.max(...sizes)], [0, width]);
  const y = logScale([fastest, slowest], [height, 0]);
  const curve = (name: 'ours' | 'native', timeOf: (point: Point) => number | null) => {
    const places = points.flatMap((point) => {
      const time = timeOf(point);
      return time === null ? [] : [`${round(x(point.size))},${round(y(time))}`];
    });
    const dots = places.map((place) => {
      const [cx, cy] = place.split(',');
      return `<circle class="${name}" cx="${cx}" cy="${cy}" r="3"/>`;
    });
    return [`<polyline class="line ${name}" points="${places.join(' ')}"/>`, ...dots];
  };
  return [
    ...powersOfTen(fastest, slowest).flatMap((value) => [
      line('grid', [0, y(value)], [width, y(value)]),
      text('small end', -4, y(value) + 3, duration(value)),
    ]),
    ...sizes.map((size) => text('small middle', x(size), height + 16, size.toLocaleString('en-US'))),
    text('middle', width / 2, height + 38, title),
    ...curve('native', ({ native }) => native),
    ...curve('ours', ({ ours }) => ours),
  ];
}

type Range = readonly [from: number, to: number];

function logScale([from, to]: Range, [start, end]: Range): (value: number) => number {
  return (value) => start + (Math.log(value / from) / Math.log(to / from)) * (end - start);
}

function powersOfTen(from: number, to: number): number[] {
  const exponents = Math.round(Math.log10(to / from));
  return Array.from({ length: exponents + 1 }, (_, at) => from * 10 ** at);
}

function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds} ms` : `${milliseconds / 1000} s`;
}

/** Two digits that count, without zeros behind them. */
function trimmed(value: number): string {
  return String(Number(value.toPrecision(2)));
}

function text(names: string, x: number, y: number, content: string): string {
  return `<text class="${names}" x="${round(x)}" y="${round(y)}">${content}</text>`;
}

function line(name: string, from: Range, to: Range): string {
  const [x1, y1, x2, y2] = [...from, ...to].map(round);
  return `<line class="${name}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"/>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
