import type { GuardCommand, GuardOption } from '../../../src/cli/guard/command.ts';
import { Random } from '../../support/random.ts';

const VALUES = [
  ...[
    'x',
    '',
    '-',
    '--',
    'a=b',
    'json',
    'jsn',
    'sariff',
    'yml',
    'fail',
    'none',
    'all,none',
    'al',
    'skip,',
    'bash',
  ],
  'CFNTemplate',
];
const LETTERS = ['a', 'm', 'v', 'p', 'z', 'P', 'y', 'x', 'q', '1', 'o', ''];

/** Command lines full of mistakes: options cut short, bundled, repeated, in conflict, with and without values. */
export function randomArguments(seed: number, count: number, commands: readonly GuardCommand[]): string[][] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => {
    const { name, options } = random.pick(commands);
    const words = Array.from({ length: random.below(5) }, () => use(random, Object.entries(options)));
    return [name, ...words.flat()];
  });
}

function use(random: Random, options: readonly (readonly [string, GuardOption])[]): string[] {
  const known = options.map(([name, { short }]) => ({ name, short }));
  const { name, short } = random.pick([
    ...known,
    { name: 'help', short: 'h' },
    { name: 'version', short: 'V' },
  ]);
  const value = random.pick(VALUES);
  return random.pick([
    [`--${name}`],
    [`-${short}`],
    [`--${name}=${value}`],
    [`-${short}${value}`],
    [`-${short}=${value}`],
    [`--${name}`, value],
    [`-${short}`, value, value],
    [`--${name.slice(0, 1 + random.below(name.length))}`],
    [`-${random.pick(LETTERS)}${random.pick(LETTERS)}`],
  ]);
}
