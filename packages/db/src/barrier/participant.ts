import { setTimeout as delay } from 'node:timers/promises';
import type { Message } from '@counterstep/saga-core/choreography';
import { type Batcher, createBatcher } from '@counterstep/saga-core/engine';
import type { Command, EffectKey, Outcome, Participant } from '@counterstep/saga-core/participant';
import type { FaultDecision, FaultGate } from '../faults/index.ts';
import type { Pool } from '../tx/index.ts';
import { closeEffect } from './close.ts';
import type { AnyOperation } from './operation.ts';
import { runOperation } from './run-operation.ts';

/** Makes the message that is committed with a fresh outcome. */
export type Emit = (outcome: Outcome) => Message | undefined;

/** A service on Postgres: the engine's participant, and what the choreographed style needs beside it. */
export interface ServiceParticipant extends Participant {
  execute(command: Command, signal: AbortSignal, emit?: Emit): Promise<Outcome>;
  close(key: EffectKey, whenClosed?: () => Message): ReturnType<Participant['close']>;
}

export interface ParticipantOptions {
  readonly pool: Pool;
  readonly operations: readonly AnyOperation[];
  readonly faults?: FaultGate;
}

interface Entry {
  readonly command: Command;
  readonly emit: Emit | undefined;
}

/** Commands per transaction, and transactions per operation at the same time. */
const batchSizeMax = 128;
const batchesInFlightMax = 2;

/** Joins operations, faults and batching into a participant. Each operation and step has its own batches. */
export function createParticipant({
  pool,
  operations,
  faults,
}: ParticipantOptions): ServiceParticipant {
  const byName = new Map(operations.map((operation) => [operation.contract.name, operation]));
  const batchers = new Map<string, Batcher<Entry, Outcome>>();

  function operationOf(command: Command): AnyOperation {
    const operation = byName.get(command.operation);
    if (!operation) throw new Error(`This service has no operation "${command.operation}".`);
    return operation;
  }

  function run(entries: readonly Entry[], inject?: 'reject' | 'rollback'): Promise<Outcome[]> {
    const first = entries[0];
    if (!first) return Promise.resolve([]);
    const emits = new Map(entries.map((entry) => [entry.command.sagaId, entry.emit]));
    return runOperation(
      pool,
      operationOf(first.command),
      entries.map((entry) => entry.command),
      {
        emit: (command, outcome) => emits.get(command.sagaId)?.(outcome),
        ...(inject && { inject }),
      },
    );
  }

  function batcherFor({ operation, step, direction }: Command): Batcher<Entry, Outcome> {
    const key = `${operation}/${step}/${direction}`;
    let batcher = batchers.get(key);
    if (!batcher) {
      batcher = createBatcher({
        run: (entries) => run(entries),
        sizeMax: batchSizeMax,
        inFlightMax: batchesInFlightMax,
      });
      batchers.set(key, batcher);
    }
    return batcher;
  }

  async function underFault(
    fault: FaultDecision,
    entry: Entry,
    signal: AbortSignal,
  ): Promise<Outcome> {
    // A command that fails on purpose runs alone: its neighbours must not share its fate.
    switch (fault.kind) {
      case 'reject':
        return one(run([entry], 'reject'));
      case 'fail-before-commit':
        return one(run([entry], 'rollback'));
      case 'fail-after-commit':
        return loseReply(await one(run([entry])));
      case 'delay':
        await delay(fault.delayMs, undefined, { signal });
        return batcherFor(entry.command).add(entry);
      case 'hang':
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
        return {
          kind: 'unknown',
          error: { code: 'INJECTED_HANG', message: 'Hung by an injected fault.' },
        };
    }
  }

  return {
    async execute(command, signal, emit) {
      operationOf(command);
      const entry = { command, emit };
      const fault = await faults?.decide(command);
      return fault ? underFault(fault, entry, signal) : batcherFor(command).add(entry);
    },
    close: (key, whenClosed) => closeEffect(pool, key, whenClosed),
  };
}

async function one(outcomes: Promise<Outcome[]>): Promise<Outcome> {
  const [outcome] = await outcomes;
  if (!outcome) throw new Error('A batch of one gave no outcome.');
  return outcome;
}

/** Only a call that commits an effect can lose the reply that tells of it; a duplicate is answered. */
function loseReply(outcome: Outcome): Outcome {
  const isFresh = 'duplicate' in outcome && !outcome.duplicate;
  return isFresh
    ? {
        kind: 'unknown',
        error: { code: 'INJECTED_LOST_REPLY', message: 'The reply was lost by an injected fault.' },
      }
    : outcome;
}
