import { DiagnosticError } from './diagnostic.ts';

/*
 * What input may cost before it is refused. A limit never changes a verdict, it only decides whether there is one: what
 * exceeds it is an error, which no cache keeps. So a verdict that was found under other limits is as good as a new one.
 *
 * Limits come from the environment, which belongs to who runs the tool, and not from settings, which belong to the
 * repository that is judged.
 */

/** A limit: its variable, what it counts, what it is unless the variable says otherwise, and the most that this may say. */
interface Limit {
  readonly variable: string;
  readonly unit: string;
  readonly standard: number;
  readonly most: number;
}

const LIMITS = {
  /** That judging may take, apart from one more for each file. */
  seconds: { variable: 'ECS_GUARD_TIMEOUT', unit: 'seconds', standard: 60, most: 86_400 },
  /** Of a template, or of data and unit tests for the commands of cfn-guard. */
  fileSize: { variable: 'ECS_GUARD_MAX_FILE_SIZE', unit: 'MiB', standard: 16, most: 256 },
  /** Of a rule file. */
  ruleSize: { variable: 'ECS_GUARD_MAX_RULE_SIZE', unit: 'MiB', standard: 4, most: 32 },
  /** Of a file, with what its aliases unfold to; and those that a query of a rule selects. */
  values: { variable: 'ECS_GUARD_MAX_VALUES', unit: 'values', standard: 500_000, most: 20_000_000 },
  /** Lists and maps of templates that stand inside each other. */
  nesting: { variable: 'ECS_GUARD_MAX_NESTING', unit: 'levels', standard: 1000, most: 5000 },
  /** Brackets, braces and parentheses of rules that stand inside each other. */
  ruleNesting: { variable: 'ECS_GUARD_MAX_RULE_NESTING', unit: 'levels', standard: 200, most: 400 },
  /** Of the texts that functions of rules make. */
  text: { variable: 'ECS_GUARD_MAX_TEXT', unit: 'characters', standard: 1_000_000, most: 100_000_000 },
  /** Of parameterized rules, each of which is compiled by itself. */
  calls: { variable: 'ECS_GUARD_MAX_CALLS', unit: 'calls', standard: 20_000, most: 1_000_000 },
  /** Of the verdicts, reports and rules that are remembered in a repository. */
  cacheSize: { variable: 'ECS_GUARD_MAX_CACHE', unit: 'MiB', standard: 64, most: 4096 },
} as const satisfies Readonly<Record<string, Limit>>;

export type Limits = { readonly [Name in keyof typeof LIMITS]: number };

/** Where nobody says otherwise. */
export const STANDARD_LIMITS: Limits = limitsOf({});

/** Bytes of a mebibyte. */
export const MIB = 1024 * 1024;

/**
 * The limits that environment variables set; the others have their standard values.
 *
 * @throws {DiagnosticError} for a value that is no positive number or more than can be coped with
 */
export function limitsOf(env: Readonly<Record<string, string | undefined>>): Limits {
  const entries = Object.entries(LIMITS).map(([name, limit]) => [
    name,
    limitFrom(limit, env[limit.variable]),
  ]);
  return Object.fromEntries(entries);
}

function limitFrom({ variable, unit, standard, most }: Limit, given: string | undefined): number {
  if (given === undefined || given === '') return standard;
  const value = Number(given);
  if (value > 0 && value <= most) return value;
  throw new DiagnosticError({
    code: 'usage',
    message: `the variable ${variable} cannot be \`${given}\``,
    help: `it is a number of ${unit}, at most ${most}`,
  });
}

/** How to allow more, for the help of an error. */
export function raising(name: keyof Limits): string {
  const { variable, unit, standard, most } = LIMITS[name];
  return `${variable} sets this limit: ${standard} ${unit} by default, at most ${most}`;
}
