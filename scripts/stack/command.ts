import { spawn } from 'node:child_process';
import path from 'node:path';
import { repository } from './paths.ts';
import { turboEnvironment } from './turbo.ts';

export interface CommandResult {
  readonly ok: boolean;
  readonly output: string;
}

/** A command that a dependency of the repository installed. */
export function binary(name: string): string {
  const suffix = process.platform === 'win32' ? '.cmd' : '';
  return path.join(repository, 'node_modules/.bin', `${name}${suffix}`);
}

/** Runs a command to its end; what it says is kept, or shown while it says it. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: {
    readonly show?: boolean;
    readonly env?: NodeJS.ProcessEnv;
    /** Default: the repository. */
    readonly cwd?: string;
  } = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? repository,
      env: { ...turboEnvironment(), ...options.env },
      stdio: ['ignore', options.show ? 'inherit' : 'pipe', options.show ? 'inherit' : 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    const collect = (chunk: Buffer) => (output += chunk.toString());
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.once('error', (error) => resolve({ ok: false, output: error.message }));
    child.once('close', (code) => resolve({ ok: code === 0, output: output.trim() }));
  });
}
