/** Tells rules apart, since several files may have rules of one name. The identities of all violations of a rule begin with it. */
export function ruleKey(file: string, name: string): string {
  return JSON.stringify([file, name]);
}
