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
  /** Readings that were begun, and the one among them whose rules are obeyed. */
  let begun = 0;
  let obeyed = 0;
  const batcher = createBatcher<Command, FaultDecision | undefined>({
    run: (commands) => decideFaults(pool, commands, random),
    sizeMax: 256,
    inFlightMax: 1,
  });

  /** Begun later is read later: an older answer that comes late does not take a newer one's place. */
  async function refresh(): Promise<void> {
    const turn = (begun += 1);
    const [row] = await pool.query<{ version: string }>('select version from saga.fault_version');
    if (!row || row.version === version) return;
    const read = await readFaults(pool, 'read');
    if (turn < obeyed) return;
    obeyed = turn;
    rules = read;
    version = row.version;
    await pool.query(
      'update saga.worker set fault_version = $2 where id = $1 and fault_version < $2',
      [workerId, row.version],
    );
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
