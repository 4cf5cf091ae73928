import { Identities } from '../report/identity.ts';
import type { Remark } from '../report/report.ts';
import type { ContentSuppression } from '../report/suppression.ts';
import type { Template } from '../template/template.ts';
import { pathOf } from '../value/path.ts';
import type { Claim } from './claim.ts';
import { commentClaims } from './comments.ts';
import { documentLines } from './document-lines.ts';
import { MARKER } from './marker.ts';
import { METADATA_KEY, metadataClaims, SHARED_KEY } from './metadata.ts';

/** What a file excuses. */
export interface Suppressions {
  readonly suppressions: readonly ContentSuppression[];
  /** About what was meant to excuse something and does not. */
  readonly remarks: readonly Omit<Remark, 'file'>[];
}

/**
 * Collects the suppressions that a file holds, in comments and in `Metadata`. A text without the marks
 * of any costs no more than looking for these.
 *
 * @param templates all of one file, as they stand in it; at least one
 * @param rules names of the rules that judge it
 */
export function suppressionsIn(templates: readonly Template[], rules: ReadonlySet<string>): Suppressions {
  const { source } = templates[0]!;
  const holds = (mark: string) => source.text.includes(mark);
  const claims = [
    ...(holds(MARKER) ? commentClaims(templates) : []),
    ...(holds(METADATA_KEY) || holds(SHARED_KEY) ? metadataClaims(templates) : []),
  ];
  const identities = new Identities();
  const suppressions: ContentSuppression[] = [];
  const remarks: Suppressions['remarks'][number][] = [];
  for (const claim of claims) {
    const place = source.position(claim.start);
    if ('mistake' in claim)
      remarks.push({ kind: 'suppression-ignored', ...place, message: `${IGNORED}: ${claim.mistake}` });
    else
      suppressions.push({
        ...suppressionOf(claim, templates, identities),
        ...place,
        judged: rules.has(claim.rule),
      });
  }
  return { suppressions, remarks };
}

const IGNORED = 'this excuse does not count';

function suppressionOf(
  { rule, reason, until, shared, values, beginning = [], container, path }: Claim,
  templates: readonly Template[],
  identities: Identities,
): Omit<ContentSuppression, 'line' | 'column' | 'judged'> {
  const value = values[0]!;
  const lines = documentLines(templates, values);
  const below = path === undefined ? '' : `/${path}`;
  return {
    rule,
    reason,
    until,
    shared,
    scopes: values.map((each) => pathOf(each) + below),
    ...(beginning.length === 0 ? {} : { beginning: beginning.map(pathOf) }),
    ...(container === undefined ? {} : { container }),
    ...(lines === undefined ? {} : { lines }),
    identity: JSON.stringify([identities.of(rule, '', value), container ?? '', below]),
  };
}
