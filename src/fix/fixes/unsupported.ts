import type { Fix } from '../remedy.ts';
import { removingOnFargate } from './judged.ts';
import { addedCapabilities } from './privileges.ts';

/** What is only configuration. A task that wants a device, a GPU or a folder of its host wants instances. */
const DISPENSABLE =
  /^(?:IpcMode|PlacementConstraints|Links|DnsServers|DnsSearchDomains|ExtraHosts|DockerSecurityOptions|DisableNetworking|SharedMemorySize|MaxSwap|Swappiness)$/i;

const remove = removingOnFargate('the task is for instances too');

/** Takes out what makes Fargate refuse the task. */
export const unsupportedOnFargate: Fix = (subject) => {
  const { value } = subject;
  if (DISPENSABLE.test(String(value.key))) return remove(subject);
  return value.parent?.key === 'Add' || value.parent?.key === 'add' ? addedCapabilities(subject) : null;
};
