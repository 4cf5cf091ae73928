import type { ReportFinding } from '../report/report.ts';

/** What a violation is about, in the words of the template: resource and container, else the path of the value. */
export function subjectOf({ resource, construct, container, path }: ReportFinding): string {
  if (resource === null) return container ?? (path || '/');
  const named = construct === undefined ? resource : `${resource} (${constructName(construct)})`;
  return container === null ? named : `${named} › ${container}`;
}

/** CDK calls the resource itself that a construct consists of `Resource`, which nobody writes. */
function constructName(path: string): string {
  return path.replace(/\/Resource$/, '');
}

/** The message, and under which circumstances that is so. */
export function textOf({ message, when, from }: ReportFinding): string {
  if (when === undefined && from === undefined) return message;
  return [message, when && `fails when ${when}`, from].filter(Boolean).join(' · ');
}
