import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { createPool } from '@counterstep/db/tx';
import { assertPlaced } from '../order-statements.ts';
import type { Stack } from '../stack.ts';
import type { Contender } from '../contenders/contender.ts';
import type { Reply, Request } from './serve.ts';

export interface ProcessOptions {
  readonly name: string;
  /** File of the process; it calls `serve`. */
  readonly module: string;
  /** Orders under way at the most. */
  readonly inFlight: number;
}

/** A contender in a process of its own, over a database of its own. */
export async function openProcess(
  stack: Stack,
  { name, module, inFlight }: ProcessOptions,
): Promise<Contender> {
  const url = await stack.createDatabase(name.replaceAll('-', '_'));
  const child = stack.fork(module, {
    DATABASE_URL: url,
    IN_FLIGHT: `${inFlight}`,
    PEER_FOLDER: await mkdtemp(path.join(stack.folder, `${name}-`)),
  });
  let placed = 0;

  async function receive(): Promise<Reply> {
    const exited = once(child, 'exit').then(([code]) => {
      throw new Error(`The process of ${name} ended with ${code}.`);
    });
    const [reply] = (await Promise.race([once(child, 'message'), exited])) as [Reply];
    if ('error' in reply) throw new Error(`${name}: ${reply.error}`);
    return reply;
  }

  async function ask(request: Request): Promise<Reply> {
    const answer = receive();
    child.send(request);
    return answer;
  }

  await receive();
  return {
    name,
    pid: child.pid,
    async run(count) {
      const reply = await ask({ count });
      placed += count;
      await check(url, placed);
      return 'sagasPerSecond' in reply ? reply.sagasPerSecond : Number.NaN;
    },
    async idle(count) {
      const reply = await ask({ idle: count });
      placed += count;
      return 'latenciesMs' in reply ? reply.latenciesMs : [];
    },
  };
}

async function check(url: string, least: number): Promise<void> {
  const pool = createPool({ url, searchPath: 'public', applicationName: 'bench check', size: 1 });
  try {
    await assertPlaced(pool, least);
  } finally {
    await pool.end();
  }
}
