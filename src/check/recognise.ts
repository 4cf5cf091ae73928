/**
 * Whether a file that cannot be loaded was meant to be a template, so that nobody may pass it unseen. Other files that
 * are no YAML, such as chart templates, are not ours to complain about.
 */
export function wasMeantAsTemplate(bytes: Buffer): boolean {
  if (bytes.includes('AWSTemplateFormatVersion')) return true;
  return bytes.includes('Resources') && /\w::\w/.test(bytes.toString('latin1'));
}
