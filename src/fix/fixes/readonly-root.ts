import type { Value } from '../../value/value.ts';
import type { Fix } from '../remedy.ts';
import { property, type Subject } from '../subject.ts';
import { servicesOf } from './task.ts';

/** Right unless the template shows that something writes to the file system of the image, which then needs a mount. */
export const readonlyRoot: Fix = (subject) => {
  const { container, spell } = subject;
  if (container === null) return null;
  return {
    changes: [{ kind: 'set', map: container, key: spell('ReadonlyRootFilesystem'), to: true }],
    doubt: writerIn(subject),
  };
};

/** What writes to the file system; null: nothing that could be seen. */
function writerIn({ root, container, properties }: Subject): string | null {
  const platform = property(properties, 'RuntimePlatform');
  const system = property(platform, 'OperatingSystemFamily')?.value;
  if (typeof system === 'string' && system.startsWith('WINDOWS')) return 'Windows tasks do not support it';
  if (property(container, 'FirelensConfiguration') !== undefined)
    return 'the log router writes its configuration and buffers, so mount volumes for these first';
  if (servicesOf(root, properties).some(allowsExec))
    return 'ECS Exec writes to the file system, so mount volumes for its agent first';
  const written = ['EntryPoint', 'Command'].find((name) => writes(commandText(property(container, name))));
  if (written !== undefined) return `its ${written} writes files, so mount a volume for these first`;
  return null;
}

function allowsExec(service: Value): boolean {
  const enabled = property(service, 'EnableExecuteCommand');
  return enabled !== undefined && !/^(?:false|no|off)$/i.test(String(enabled.value));
}

/** All texts of a command, also those that intrinsic functions join. */
function commandText(value: Value | undefined): string {
  if (value === undefined) return '';
  if (value.kind === 'list') return value.value.map(commandText).join(' ');
  if (value.kind === 'map') return value.value.values.map(commandText).join(' ');
  return String(value.value);
}

/** Output that goes to a file, other than a device; arrows of programming languages are none. */
const REDIRECTION = /(?<![-=<])>{1,2}\s*(?![&>\s]|\/dev\/)\S/;
const WRITING_PROGRAM =
  /\b(?:mkdir|touch|tee|cp|mv|ln|chown|chmod|mktemp|sed\s+-i|(?:apt|apt-get|yum|dnf|microdnf|zypper|pip3?|npm|gem)\s+(?:-\S+\s+)*(?:install|i|ci|update)|apk\s+(?:-\S+\s+)*add|yarn\s+(?:install|add)|git\s+clone|unzip|tar\s+-?\w*x)\b/;

function writes(command: string): boolean {
  return REDIRECTION.test(command) || WRITING_PROGRAM.test(command);
}
