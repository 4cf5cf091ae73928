/** Settings that say nothing wrong, by what is special about them. */
export const USABLE: Readonly<Record<string, unknown>> = {
  nothing: {},
  everything: {
    $schema: './node_modules/ecs-guard-staged/ecs-guardrc.schema.json',
    packs: ['baseline', 'published'],
    rules: ['policies', 'more/own.guard'],
    include: ['infra/**', '*.{yml,json}'],
    exclude: ['examples', '/a?.yml', 'a..b'],
    severity: { one: 'error', two: 'warn', three: 'info', four: 'off' },
    suppressions: [
      { rule: 'one', file: 'old.yml', reason: 'replaced soon' },
      { rule: 'two', file: 'a/**', resource: 'Worker', reason: 'r', until: '2028-02-29' },
    ],
    report: 'new',
    failOn: ['warn', 'unknown'],
    intrinsics: false,
  },
  'empty lists': {
    packs: [],
    rules: [],
    include: [],
    exclude: [],
    severity: {},
    suppressions: [],
    failOn: [],
  },
  'no pack but all': { packs: ['recommended', 'strict'], report: 'all', intrinsics: true },
};

const suppression = (changes: object) => ({
  suppressions: [{ rule: 'one', file: 'a.yml', reason: 'r', ...changes }],
});

/** Settings with one mistake, by what is said about it. */
export const MISTAKEN: Readonly<Record<string, unknown>> = {
  'the settings must be an object': [],
  'there is no setting `pack`': { pack: ['baseline'] },
  '`packs` must be a list': { packs: 'baseline' },
  'there is no pack `best`': { packs: ['best'] },
  'an entry of `packs` must be a text that is not empty': { packs: [1] },
  '`rules` must be a list': { rules: 'policies' },
  'an entry of `rules` must be a text that is not empty': { rules: ['policies', ''] },
  '`$schema` must be a text that is not empty': { $schema: null },
  '`include` must be a list': { include: {} },
  'an entry of `include` must be a text that is not empty': { include: [' '] },
  'the glob `!a.yml` begins with `!`': { exclude: ['!a.yml'] },
  'the glob `a\\b.yml` has a backslash': { exclude: ['a\\b.yml'] },
  'the glob `../a.yml` leads out of the folder of the settings': { include: ['../a.yml'] },
  'the glob `a/..` leads out of the folder of the settings': { exclude: ['a/..'] },
  '`severity` must be an object': { severity: ['one'] },
  'there is no level `warning`': { severity: { one: 'warning' } },
  '`one` must be a text that is not empty': { severity: { one: false } },
  '`suppressions` must be a list': { suppressions: {} },
  'an entry of `suppressions` must be an object': { suppressions: ['one'] },
  'an entry of `suppressions` has no `reason`': { suppressions: [{ rule: 'one', file: 'a.yml' }] },
  'an entry of `suppressions` has no `file`': { suppressions: [{ rule: 'one', reason: 'r' }] },
  '`reason` must be a text that is not empty': suppression({ reason: ' ' }),
  '`resource` must be a text that is not empty': suppression({ resource: null }),
  'the glob `!b.yml` begins with `!`': suppression({ file: '!b.yml' }),
  'there is no setting `untill` here': suppression({ untill: '2027-03-31' }),
  '`until` must be a day of the calendar': suppression({ until: '2027-02-29' }),
  '`until` must be a day of the calendar, not a time': suppression({ until: '2027-03-31T00:00' }),
  'there is no report `changes`': { report: 'changes' },
  '`failOn` must be a list': { failOn: 'warn' },
  'there is no reason to fail `error`': { failOn: ['error'] },
  '`intrinsics` must be true or false': { intrinsics: 'yes' },
};
