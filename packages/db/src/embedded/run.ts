import { spawn } from 'node:child_process';
import type { ServerUser } from './server-user.ts';

export interface RunResult {
  readonly code: number | null;
  readonly output: string;
}

/** Runs one of the server's own tools to its end and collects what it says. */
export function run(
  command: string,
  args: readonly string[],
  user: ServerUser | undefined,
): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      // A process group of its own: Ctrl-C in the terminal must not reach a half-done start or stop.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      // Any folder that every user may enter; the caller's may be closed to the server's user.
      cwd: process.platform === 'win32' ? undefined : '/',
      env: { ...process.env, LC_ALL: 'C', LC_MESSAGES: 'C', TZ: 'UTC' },
      ...(user ? { uid: user.uid, gid: user.gid } : {}),
    });
    let output = '';
    const collect = (chunk: Buffer) => (output += chunk.toString());
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (cause) => {
      reject(
        new Error(
          `Cannot run ${command}. The embedded Postgres needs glibc; set DATABASE_URL to use a server of your own.`,
          { cause },
        ),
      );
    });
    // `exit`, not `close`: the server may hold a copy of the pipes for as long as it lives.
    child.on('exit', (code) => {
      setImmediate(() => {
        child.stdout.destroy();
        child.stderr.destroy();
        resolve({ code, output: output.trim() });
      });
    });
  });
}
