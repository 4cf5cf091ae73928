import type { ReportFinding } from '../report/report.ts';

/** What a violation is about, in the words of the template: resource and container, else the path of the value. */
export function subjectOf({ resource, container, path }: ReportFinding): string {
  if (resource === null) return path || '/';
  return container === null ? resource : `${resource} › ${container}`;
}

/** The message, and under which circumstances that is so. */
export function textOf({ message, when, from }: ReportFinding): string {
  return [message, when && `fails when ${when}`, from].filter(Boolean).join(' · ');
}
