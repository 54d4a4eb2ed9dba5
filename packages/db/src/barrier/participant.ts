import { setTimeout as delay } from 'node:timers/promises';
import { type Batcher, createBatcher } from '@counterstep/saga-core/engine';
import type {
  Caller,
  CloseOutcome,
  Command,
  EffectKey,
  FencedEffect,
  Outcome,
  Participant,
} from '@counterstep/saga-core/participant';
import type { FaultDecision, FaultGate } from '../faults/index.ts';
import type { Pool } from '../tx/index.ts';
import { closeEffect, giveUpEffect, type GivenUp } from './close.ts';
import { type FenceRequest, fenceSagas } from './epoch.ts';
import type { AnyOperation } from './operation.ts';
import type { InReaction } from './prepared.ts';
import { runOperation } from './run-operation.ts';

/** A service on Postgres: the engine's participant, and what the choreographed style needs beside it. */
export interface ServiceParticipant extends Participant {
  /** @param reaction why, when it is a message that asks and no coordinator */
  execute(command: Command, caller: Caller, reaction?: InReaction): Promise<Outcome>;
  /**
   * Closes a key for a choreographed saga, and tells of it in the same commit. `suppressed`: the saga
   * has a coordinator by now; nothing was done.
   */
  giveUp(key: EffectKey, given: GivenUp): Promise<CloseOutcome | { readonly kind: 'suppressed' }>;
}

export interface ParticipantOptions {
  readonly pool: Pool;
  readonly operations: readonly AnyOperation[];
  readonly faults?: FaultGate;
}

interface Entry {
  readonly command: Command;
  readonly reaction: InReaction | undefined;
}

/** Commands per transaction. */
const batchSizeMax = 128;
/**
 * Transactions of one operation under way. Two of them mostly want the same rows: the second would hold
 * up its own commands, and those of other workers, instead of gathering more (ADR 19).
 */
const batchesInFlightMax = 1;
/** Sagas that are fenced in one transaction; reactions wait for it. */
const fencesMax = 200;

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
    const reactions = new Map(
      entries.flatMap(({ command, reaction }) => (reaction ? [[command.sagaId, reaction]] : [])),
    );
    return runOperation(
      pool,
      operationOf(first.command),
      entries.map((entry) => entry.command),
      { reactions, ...(inject && { inject }) },
    );
  }

  /**
   * Reactions and commands never share a batch, nor do generations: of two with the same key one is
   * answered for both, and neither a coordinator nor a retry may get another's answer.
   */
  function batcherFor({ command, reaction }: Entry): Batcher<Entry, Outcome> {
    const { operation, step, direction, generation } = command;
    const kind = reaction ? 'reaction' : 'command';
    const key = `${operation}/${step}/${direction}/${generation}/${kind}`;
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
    { signal }: Caller,
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
        return batcherFor(entry).add(entry);
      case 'hang':
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
        return {
          kind: 'unknown',
          error: { code: 'INJECTED_HANG', message: 'Hung by an injected fault.' },
        };
    }
  }

  const fences = createBatcher<FenceRequest, readonly FencedEffect[]>({
    run: (requests) => fenceSagas(pool, requests),
    sizeMax: fencesMax,
    inFlightMax: 1,
  });

  return {
    async execute(command, caller, reaction) {
      operationOf(command);
      const entry = { command, reaction };
      const fault = await faults?.decide(command);
      return fault ? underFault(fault, entry, caller) : batcherFor(entry).add(entry);
    },
    close: (key) => closeEffect(pool, key),
    giveUp: (key, given) => giveUpEffect(pool, key, given),
    fence: (sagaId, epoch) => fences.add({ sagaId, epoch }),
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
