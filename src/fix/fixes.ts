import { removing, removingOnFargate, setting } from './fixes/judged.ts';
import { modeForBuffer, nonBlockingLogs } from './fixes/logs.ts';
import { awsvpcNetwork, matchingHostPort } from './fixes/network.ts';
import { addedCapabilities, MAY_BE_NEEDED, privileged } from './fixes/privileges.ts';
import { readonlyRoot } from './fixes/readonly-root.ts';
import { unsupportedOnFargate } from './fixes/unsupported.ts';
import { user } from './fixes/user.ts';
import type { Fix } from './remedy.ts';

const privateSubnets = setting(
  'AssignPublicIp',
  'DISABLED',
  'without another way out, tasks could not load their images',
);
const readOnlyMount = setting('ReadOnly', true, 'the application may have to write there');
const encryptedTransit = setting(
  'TransitEncryption',
  'ENABLED',
  'instances need the mount helper of EFS for it',
);

/**
 * What to do about a finding, by name of the rule. Rules that are not here have no answer that could be written down
 * without knowing the application.
 */
export const FIXES: Readonly<Record<string, Fix>> = {
  awslogs_denied_blocking: nonBlockingLogs,
  awslogs_nonblocking_condition: nonBlockingLogs,
  awslogs_require_nonblocking_buffer: nonBlockingLogs,
  awslogs_valid_options: modeForBuffer,
  awsvpc_tasks_matching_host_port: matchingHostPort,
  clusters_denied_unlogged_exec: removing('what sessions do may be secret, and would be logged'),
  fargate_tasks_denied_unsupported_parameters: unsupportedOnFargate,
  fargate_tasks_require_awsvpc: awsvpcNetwork,
  readonly_root_filesystem_condition: readonlyRoot,
  services_denied_public_ip: privateSubnets,
  services_denied_retired_platform_version: removing(null),
  task_sets_denied_public_ip: privateSubnets,
  tasks_denied_added_capabilities: addedCapabilities,
  tasks_denied_dangerous_capabilities: addedCapabilities,
  tasks_denied_host_ipc: removingOnFargate(MAY_BE_NEEDED),
  tasks_denied_host_network: awsvpcNetwork,
  tasks_denied_host_pid: removingOnFargate(MAY_BE_NEEDED),
  tasks_denied_linux_capabilities: addedCapabilities,
  tasks_denied_privileged: privileged,
  tasks_denied_privileged_condition: privileged,
  tasks_denied_root: user,
  tasks_denied_root_user: user,
  tasks_denied_unconfined_security_options: removing(MAY_BE_NEEDED),
  tasks_denied_writable_host_mounts: readOnlyMount,
  tasks_readonly_root_filesystem: readonlyRoot,
  tasks_require_awsvpc_network: awsvpcNetwork,
  tasks_require_efs_transit_encryption: encryptedTransit,
  tasks_require_user: user,
};
