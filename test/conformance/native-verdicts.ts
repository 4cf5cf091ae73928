import { execFile } from 'node:child_process';

/** Names of rules by verdict, each sorted and without duplicates; a name with several rules may be in several lists. */
export interface RuleNames {
  readonly PASS: readonly string[];
  readonly FAIL: readonly string[];
  readonly SKIP: readonly string[];
}

interface FileReport {
  /** The path as given. */
  readonly name: string;
  readonly compliant: readonly string[];
  readonly not_compliant: readonly { readonly Rule: { readonly name: string } }[];
  readonly not_applicable: readonly string[];
}

/**
 * What the native tool says about each data file, all rule files taken together, or 'refused' when it gives no verdicts,
 * because of the data or because a rule cannot be judged on it.
 *
 * One run judges many files, since reading the rules is most of the work. One bad file spoils a run: then each half is
 * tried again.
 */
export async function nativeVerdicts(
  binary: string,
  rules: readonly string[],
  data: readonly string[],
): Promise<ReadonlyMap<string, RuleNames | 'refused'>> {
  const output = await run(binary, ['validate', '-r', ...rules, '-d', ...data, ...STRUCTURED]);
  if (output !== undefined) {
    const reports = JSON.parse(output) as readonly FileReport[];
    return new Map(reports.map((report) => [report.name, namesIn(report)]));
  }
  if (data.length <= 1) return new Map(data.map((path) => [path, 'refused']));
  const middle = data.length >> 1;
  const halves = [data.slice(0, middle), data.slice(middle)];
  const verdicts = await Promise.all(halves.map((half) => nativeVerdicts(binary, rules, half)));
  return new Map(verdicts.flatMap((half) => [...half]));
}

function namesIn(report: FileReport): RuleNames {
  return {
    PASS: sorted(report.compliant),
    FAIL: sorted(report.not_compliant.map(({ Rule }) => Rule.name)),
    SKIP: sorted(report.not_applicable),
  };
}

/** Sorted, each name once. */
export function sorted(names: Iterable<string>): readonly string[] {
  return [...new Set(names)].sort();
}

const STRUCTURED = ['--structured', '-o', 'json', '-S', 'none'];
/** Exit code of a run that found violations. */
const VIOLATIONS = 19;

/** @returns what a run that came to a verdict printed */
function run(binary: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    execFile(binary, args, { encoding: 'utf8', maxBuffer: 2 ** 30 }, (error, stdout) => {
      if (error === null || error.code === VIOLATIONS) resolve(stdout);
      else if (typeof error.code === 'number' || error.signal) resolve(undefined);
      else reject(error);
    });
  });
}
