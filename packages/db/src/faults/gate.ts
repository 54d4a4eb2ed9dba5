import { createBatcher, type Lifecycle } from '@counterstep/saga-core/engine';
import type { Command } from '@counterstep/saga-core/participant';
import type { Pool } from '../tx/index.ts';
import { decideFaults } from './decide.ts';
import { readFaults } from './rows.ts';
import type { Fault, FaultDecision } from './rule.ts';

/** Where every call asks whether a fault befalls it. Costs one comparison while no rule is active. */
export interface FaultGate extends Lifecycle {
  decide(command: Command): Promise<FaultDecision | undefined> | undefined;
  /** Reads the rules again and tells the database which version this process obeys. */
  refresh(): Promise<void>;
}

const pollMs = 500;

/** @param workerId the row of `saga.worker` that says which version of the rules is obeyed */
export function createFaultGate(
  pool: Pool,
  workerId: string,
  onError: (error: unknown) => void,
  random: () => number = Math.random,
): FaultGate {
  let rules: readonly Fault[] = [];
  let version = '';
  let timer: NodeJS.Timeout | undefined;
  let reading: Promise<void> = Promise.resolve();
  const batcher = createBatcher<Command, FaultDecision | undefined>({
    run: (commands) => decideFaults(pool, commands, random),
    sizeMax: 256,
    inFlightMax: 1,
  });

  /** One after another: an older answer that comes late must not take the place of a newer one. */
  function refresh(): Promise<void> {
    const read = reading.then(readRules);
    reading = read.catch(() => undefined);
    return read;
  }

  async function readRules(): Promise<void> {
    const [row] = await pool.query<{ version: string }>('select version from saga.fault_version');
    if (!row || row.version === version) return;
    rules = await readFaults(pool, 'read');
    version = row.version;
    await pool.query('update saga.worker set fault_version = $2 where id = $1', [
      workerId,
      row.version,
    ]);
  }

  return {
    decide(command) {
      const concerned = rules.some(
        (rule) =>
          rule.operation === command.operation &&
          (rule.expiresAt === undefined || Date.parse(rule.expiresAt) > Date.now()),
      );
      return concerned ? batcher.add(command) : undefined;
    },
    refresh,
    async start() {
      await refresh();
      timer = setInterval(() => void refresh().catch(onError), pollMs);
    },
    stop() {
      clearInterval(timer);
      return Promise.resolve();
    },
  };
}
