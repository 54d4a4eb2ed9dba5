import { readFileSync } from 'node:fs';

/** The account the server runs as; Postgres refuses to run as root. */
export interface ServerUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Undefined when the caller is no root: the server then runs as the caller. */
export function findServerUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const wanted of ['postgres', 'nobody']) {
    for (const line of accounts) {
      const [name, , uid, gid] = line.split(':');
      if (name === wanted && Number(uid) !== 0) {
        // macOS writes nobody as -2.
        return { name, uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 };
      }
    }
  }
  throw new Error(
    'Postgres does not run as root, and there is no user "postgres" or "nobody" to run it as. ' +
      'Start as another user, or set DATABASE_URL to use a server of your own.',
  );
}
