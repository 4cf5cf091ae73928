import { createHash } from 'node:crypto';
import type { ReportFinding } from '../report/report.ts';

/**
 * One fingerprint per finding, in their order: the same in two reports when people would call it the same violation.
 *
 * In it: the rule, the file, the resource, the name of the container, the path of the value and the message. Left out,
 * because they change when somebody edits another part of the file: lines, places in lists, and the values and counts
 * that a message quotes. Findings that these leave alike are told apart by their order.
 */
export function fingerprints(findings: readonly ReportFinding[]): string[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const identity = identityOf(finding);
    const ordinal = seen.get(identity) ?? 0;
    seen.set(identity, ordinal + 1);
    return createHash('sha256').update(`${identity}${ordinal}`).digest('hex').slice(0, 32);
  });
}

function identityOf({ rule, file, resource, container, path, message }: ReportFinding): string {
  // `[n]` stands for a container without a name.
  const name = container !== null && /^\[\d+\]$/.test(container) ? '[]' : container;
  return JSON.stringify([rule, file, resource, name, withoutIndices(path), withoutValues(message)]);
}

function withoutIndices(path: string): string {
  return path.replace(/(?<=\/)\d+(?=\/|$)/g, '*');
}

/** Quoted texts, which may be cut short, and numbers become `#`; rows of them become one. */
function withoutValues(message: string): string {
  return message.replace(/"[^"…]*["…]|\d+(?:\.\d+)?/g, '#').replace(/#(?:,\s*#)+/g, '#');
}
