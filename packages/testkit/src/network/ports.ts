import type { FunctionWork, SagaShape, Work } from '@counterstep/saga-core/definition';
import type { Participants, SagaStore } from '@counterstep/saga-core/engine';
import type { Participant } from '@counterstep/saga-core/participant';
import type { SimulatedProcess, Simulation } from '../time/index.ts';
import { type Network, reach } from './reach.ts';

/** One process and the network that it calls through. */
export interface Connection {
  readonly sim: Simulation;
  readonly network: Network;
  readonly process: SimulatedProcess;
}

type Call = <Answer>(
  target: string,
  what: string,
  perform: () => Answer | Promise<Answer>,
) => Promise<Answer>;

function callerOf({ sim, network, process }: Connection): Call {
  return (target, what, perform) => reach(sim, network, { process, target, what }, perform);
}

/** A store as a process sees it that is not the database. */
export function storeOver(connection: Connection, store: SagaStore): SagaStore {
  const call = callerOf(connection);
  return {
    claim: (limit, keys, begin) => call('store', 'claim', () => store.claim(limit, keys, begin)),
    write: (writes) => call('store', `write ${writes.length}`, () => store.write(writes)),
    readMail: (sagaId, after) => call('store', 'readMail', () => store.readMail(sagaId, after)),
    sagasWithMail: () => call('store', 'sagasWithMail', () => store.sagasWithMail()),
    releaseStrays: (held) => call('store', 'releaseStrays', () => store.releaseStrays(held)),
  };
}

/** Services as a process sees them. */
export function participantsOver(connection: Connection, services: Participants): Participants {
  const call = callerOf(connection);
  const over = (service: string, far: Participant): Participant => ({
    execute: (command, caller) =>
      call(service, `${command.step}:${command.direction}#${command.attempt}`, () =>
        far.execute(command, caller),
      ),
    close: (key) => call(service, `${key.step}:close`, () => far.close(key)),
    fence: (sagaId, epoch) => call(service, `fence#${epoch}`, () => far.fence(sagaId, epoch)),
  });
  return new Map([...services].map(([name, far]) => [name, over(name, far)]));
}

/** What a witness of plain functions is told. */
export type FunctionWitness = (call: {
  readonly key: string;
  readonly attempt: number;
  readonly ok: boolean;
}) => void;

/**
 * A definition whose plain functions run at the far side of the network: what a real one does before
 * its worker ends, it has done.
 */
export function definitionOver(
  connection: Connection,
  definition: SagaShape,
  witness: FunctionWitness,
): SagaShape {
  const steps = definition.steps.map((step) => ({
    ...step,
    action:
      step.action.kind === 'function'
        ? functionOver(connection, step.name, step.action, witness)
        : step.action,
    compensation: workOver(connection, `${step.name}:undo`, step.compensation, witness),
  }));
  return { ...definition, steps };
}

function workOver(
  connection: Connection,
  what: string,
  work: Work | undefined,
  witness: FunctionWitness,
): Work | undefined {
  return work?.kind === 'function' ? functionOver(connection, what, work, witness) : work;
}

function functionOver(
  connection: Connection,
  what: string,
  { kind, run, probe }: FunctionWork,
  witness: FunctionWitness,
): FunctionWork {
  const call = callerOf(connection);
  return {
    kind,
    run: (context) => {
      const { key, attempt } = context;
      return call('function', `${what}#${attempt}`, async () => {
        try {
          const output = await run(context);
          witness({ key, attempt, ok: true });
          return output;
        } catch (error) {
          witness({ key, attempt, ok: false });
          throw error;
        }
      });
    },
    ...(probe && { probe: (context) => call('function', `${what}:probe`, () => probe(context)) }),
  };
}
