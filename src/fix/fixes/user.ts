import type { Fix } from '../remedy.ts';

/** Only the image tells which users there are, and who owns the files that the application writes. */
export const user: Fix = ({ container, spell }) =>
  container && {
    changes: [{ kind: 'set', map: container, key: spell('User'), to: '1000:1000' }],
    doubt: 'which user the image can run as is not to be seen here',
  };
