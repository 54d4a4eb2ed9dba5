import { randomUUID } from 'node:crypto';
import { acceptSagas, createSagaStore } from '@counterstep/db/store';
import { createPool } from '@counterstep/db/tx';
import { placeOrderSaga } from '@counterstep/services/place-order';
import { readCommandLine } from '../../../../scripts/command-line/command.ts';
import { wholeNumber } from '../../../../scripts/command-line/option.ts';
import { serverMs } from '../cost/cpu.ts';
import { startStack } from '../stack.ts';
import { drive } from './drive.ts';
import { instantStore, orderInput } from './instant.ts';

// What a saga costs without its services: the engine in this process, first over a store that keeps
// nothing, then over the real one. Services that do nothing answer at once. CPU time, so that it says
// more on a machine that others use than a rate does.
const values = readCommandLine({
  name: 'pnpm bench:engine',
  does: 'what a saga costs without its services',
  options: {
    count: wholeNumber('sagas of a round (10000)'),
    rounds: wholeNumber('rounds (3)'),
  },
});
const count = values.count ?? 10_000;
const rounds = values.rounds ?? 3;
const acceptMax = 250;
const each = (ms: number): string => (ms / count).toFixed(3);

const stack = await startStack();
const connection = { url: stack.url, role: 'counterstep_engine', searchPath: 'saga' };
const pool = createPool({ ...connection, applicationName: 'bench engine', lookupsOnly: true });
try {
  const [{ pid: backend } = { pid: Number.NaN }] = await pool.query<{ pid: number }>(
    'select pg_backend_pid() as pid',
  );
  await drive(instantStore(count), count);
  for (let round = 1; round <= rounds; round += 1) {
    const alone = await nodeMs(() => drive(instantStore(count), count));
    await accept(count);
    const startedMs = serverMs(backend);
    const stored = await nodeMs(() => drive(createSagaStore(pool, randomUUID()), count));
    const postgresMs = serverMs(backend) - startedMs;
    console.log(
      `round ${round}, ms a saga: engine ${each(alone)}; over Postgres ${each(stored)}, ` +
        `and Postgres itself ${each(postgresMs)}`,
    );
  }
} finally {
  await pool.end();
  await stack.stop();
}

async function nodeMs(run: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

async function accept(sagas: number): Promise<void> {
  for (let first = 0; first < sagas; first += acceptMax) {
    const batch = Array.from({ length: Math.min(acceptMax, sagas - first) }, () => ({
      sagaId: randomUUID(),
      input: orderInput(),
      actor: 'bench',
    }));
    await pool.transaction((tx) => acceptSagas(tx, placeOrderSaga, 'orchestration', batch));
  }
}
