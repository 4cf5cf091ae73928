import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { measure } from './measure.ts';
import { write } from './repository.ts';
import type { Curve, Point } from './results.ts';
import { baseline, checks, nativeValidate, type Setting } from './scenarios.ts';
import { ruleOfDepth, rules, templateOfDepth, templateWith } from './templates.ts';

/** How run time grows with one quantity while all others stay. */
interface Growth {
  readonly title: string;
  readonly sizes: readonly number[];
  /** Writes what is judged. */
  make(folder: string, size: number, setting: Setting): { readonly data: string; readonly rules: string };
}

const GROWTHS: readonly Growth[] = [
  {
    title: 'templates of ten resources',
    sizes: [10, 50, 200, 1000, 5000],
    make(folder, size, setting) {
      for (let at = 0; at < size; at++) write(folder, { [`template-${at}.yml`]: templateWith(10, at) });
      return { data: folder, rules: baseline(setting) };
    },
  },
  {
    title: 'resources in one template',
    sizes: [10, 100, 500, 2000, 10_000],
    make(folder, size, setting) {
      write(folder, { 'template.yml': templateWith(size) });
      return { data: join(folder, 'template.yml'), rules: baseline(setting) };
    },
  },
  {
    title: 'rules for ten templates',
    sizes: [10, 50, 200, 1000, 5000],
    make(folder, size) {
      for (let at = 0; at < 10; at++)
        write(join(folder, 'data'), { [`template-${at}.yml`]: templateWith(10, at) });
      write(folder, { 'rules.guard': rules(size) });
      return { data: join(folder, 'data'), rules: join(folder, 'rules.guard') };
    },
  },
  {
    title: 'levels of nesting',
    sizes: [5, 10, 20, 40, 80],
    make(folder, size) {
      write(folder, { 'template.yml': templateOfDepth(size), 'rules.guard': ruleOfDepth(size) });
      return { data: join(folder, 'template.yml'), rules: join(folder, 'rules.guard') };
    },
  },
];

/** Runs of the native tool that would take longer are left out: milliseconds of the size before. */
const PATIENCE = 2500;

/** Times every size of every quantity, cold, ours and native. */
export function growthCurves(setting: Setting, progress: (text: string) => void): Curve[] {
  return GROWTHS.map(({ title, sizes, make }) => {
    progress(`growth: ${title}`);
    const points: Point[] = [];
    for (const size of sizes) {
      const folder = join(setting.scratch, 'growth');
      const { data, rules } = make(write(folder, {}), size, setting);
      const [check] = checks(setting, 'growth', data, rules);
      if (check === undefined) throw new Error('there is nothing to measure');
      const before = () => rmSync(check.env.XDG_CACHE_HOME, { recursive: true, force: true });
      const last = points.at(-1);
      const endured = last === undefined || (last.native !== null && last.native < PATIENCE);
      const native = endured ? nativeValidate(setting, data, rules) : [];
      const rounds = last !== undefined && (last.native ?? last.ours) > 500 ? 1 : 5;
      const [ours, other] = measure([{ ...check, before }, ...native], rounds);
      points.push({ size, ours: ours?.median ?? Number.NaN, native: other?.median ?? null });
      rmSync(folder, { recursive: true, force: true });
    }
    return { title, points };
  });
}
