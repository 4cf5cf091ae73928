/** Output formats of `validate` and `test`. */
export const FORMATS = ['single-line-summary', 'json', 'yaml', 'junit', 'sarif'] as const;
export type Format = (typeof FORMATS)[number];

/** The option that chooses one. */
export const OUTPUT_FORMAT = {
  kind: 'one',
  short: 'o',
  placeholder: 'OUTPUT_FORMAT',
  help: 'Specify the format in which the output should be displayed',
  choices: FORMATS,
  standard: 'single-line-summary',
} as const;
