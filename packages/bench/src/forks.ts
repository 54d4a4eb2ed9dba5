import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** Node processes of this benchmark; none outlives it. */
export interface Forks {
  /** Runs a TypeScript module, or a built one. */
  fork(module: string, env: NodeJS.ProcessEnv): ChildProcess;
  /** Resolves once it has said that it is ready. */
  forkUntilReady(module: string, env: NodeJS.ProcessEnv): Promise<ChildProcess>;
  endAll(): Promise<void>;
}

/** @param nodeArgs of Node, for each of them */
export function createForks(nodeArgs: readonly string[]): Forks {
  const children: ChildProcess[] = [];

  function spawn(module: string, env: NodeJS.ProcessEnv): ChildProcess {
    const loader = module.endsWith('.ts') ? ['--import', 'tsx'] : [];
    const child = fork(module, {
      execArgv: [...nodeArgs, ...loader],
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    children.push(child);
    return child;
  }

  return {
    fork(module, env) {
      const child = spawn(module, env);
      child.stdout?.resume();
      return child;
    },
    async forkUntilReady(module, env) {
      const child = spawn(module, env);
      const exited = once(child, 'exit').then(([code]) => {
        throw new Error(`${module} ended with ${code} before it was ready.`);
      });
      exited.catch(() => undefined);
      for (let output = ''; !output.includes(' ready');) {
        const said = once(child.stdout ?? child, 'data');
        const [chunk] = (await Promise.race([said, exited])) as [Buffer];
        output += chunk.toString();
      }
      child.stdout?.resume();
      return child;
    },
    async endAll() {
      await Promise.all(children.map((child) => endProcess(child)));
    },
  };
}

export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
