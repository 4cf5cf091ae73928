/**
 * A place where this project and the native tool part company. It is run all the same, and the test fails as soon as
 * the two agree again, so that this list is always the honest answer to "how complete is it?".
 */
export interface KnownDifference {
  /** `<file>: <name>` of a conformance case, or `<rule set>: <template>: <rule>` of the comparison with the native tool. */
  readonly case: string;
  readonly reason: string;
}

/** Conformance cases with another result than native 3.2.0. */
export const CONFORMANCE: readonly KnownDifference[] = [];

/** Verdicts in which native 3.1.1, the version that `npm run oracle` fetches, differs from 3.2.0 and from us. */
export const NATIVE_3_1_1: readonly KnownDifference[] = [
  {
    case: 'Control Tower: plain-words.yaml: efs_encrypted_check',
    reason: 'since 3.2.0 a plain `yes` is a boolean; before, it was a string',
  },
  {
    case: 'Control Tower: plain-words.yaml: subnet_auto_assign_public_ip_disabled_check',
    reason: 'since 3.2.0 a plain `off` is a boolean; before, it was a string',
  },
];
