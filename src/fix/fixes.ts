import { nonBlockingLogs } from './fixes/logs.ts';
import { addedCapabilities, privileged } from './fixes/privileges.ts';
import { readonlyRoot } from './fixes/readonly-root.ts';
import { user } from './fixes/user.ts';
import type { Fix } from './remedy.ts';

/**
 * What to do about a finding, by name of the rule. Rules that are not here have no answer that could be written down
 * without knowing the application.
 */
export const FIXES: Readonly<Record<string, Fix>> = {
  awslogs_denied_blocking: nonBlockingLogs,
  awslogs_nonblocking_condition: nonBlockingLogs,
  readonly_root_filesystem_condition: readonlyRoot,
  tasks_denied_added_capabilities: addedCapabilities,
  tasks_denied_dangerous_capabilities: addedCapabilities,
  tasks_denied_linux_capabilities: addedCapabilities,
  tasks_denied_privileged: privileged,
  tasks_denied_privileged_condition: privileged,
  tasks_denied_root: user,
  tasks_denied_root_user: user,
  tasks_readonly_root_filesystem: readonlyRoot,
  tasks_require_user: user,
};
