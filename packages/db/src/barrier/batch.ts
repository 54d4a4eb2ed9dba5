import type { Message } from '@counterstep/saga-core/choreography';
import {
  type Command,
  type Json,
  type Outcome,
  sanitise,
} from '@counterstep/saga-core/participant';
import { messageStatement } from '../bus/outbox.ts';
import type { Statement, Tx } from '../tx/index.ts';
import { insertEffects, type NewEffect, readEffects, type StoredStep } from './effects.ts';
import { holdFences, readEpochs } from './epoch.ts';
import type { AnyOperation, Call, Decision, Operation } from './operation.ts';
import type { Prepared, RunOptions } from './prepared.ts';
import { judge } from './verdict.ts';

/** What a batch will write, gathered while its commands are decided one after another. */
interface Plan {
  readonly effects: NewEffect[];
  readonly changes: unknown[];
  readonly messages: Message[];
}

/**
 * One batch in an open transaction, two round trips: load and lock; write and commit (by the caller).
 * Domain rows are locked before effect rows are written, always, so batches cannot deadlock.
 */
export async function runBatch(
  tx: Tx,
  erased: AnyOperation,
  batch: readonly Prepared[],
  options: RunOptions,
): Promise<Map<string, Outcome>> {
  // Registries hold operations without their types; the contract's schema has checked the requests.
  const operation = erased as unknown as Operation<Json, Json, unknown, unknown>;
  const calls = batch.map(({ command }) => callOf(command, undefined));
  const sagaIds = calls.map((call) => call.sagaId);
  const step = batch[0]?.command.step ?? '';

  const reacting = sagaIds.filter((sagaId) => options.reactions?.has(sagaId));
  const isReaction = reacting.length > 0;
  // The effects, and the time, are read after the locks are held: one pipeline, in this order.
  const [, state, { bySaga: stored, nowMs }, epochs] = await Promise.all([
    isReaction ? holdFences(tx) : undefined,
    operation.load(tx, calls),
    readEffects(tx, sagaIds, step),
    isReaction ? readEpochs(tx, reacting) : noEpochs,
  ]);

  const plan: Plan = { effects: [], changes: [], messages: [] };
  const outcomes = new Map<string, Outcome>();
  for (const { command, hash } of batch) {
    const reaction = options.reactions?.get(command.sagaId);
    if (reaction && reaction.epoch < (epochs.get(command.sagaId) ?? 0)) {
      outcomes.set(command.sagaId, { kind: 'suppressed' });
      continue;
    }
    const found = stored.get(command.sagaId);
    const decide = (call: Call<Json>) =>
      options.inject === 'reject' ? injectedRejection : operation.decide(state, call);
    const outcome = decideOne({ command, hash, found, nowMs, decide, plan });
    if (outcome.change !== undefined) operation.evolve(state, outcome.change);
    outcomes.set(command.sagaId, outcome.outcome);
    const message = outcome.fresh ? reaction?.emit(outcome.outcome) : undefined;
    if (message) plan.messages.push(message);
  }
  const statements = statementsOf(operation, state, plan);
  if (options.inject === 'rollback' && plan.effects.length > 0) {
    for (const { text, params } of statements) await tx.query(text, params);
    throw new InjectedRollback();
  }
  for (const statement of statements) tx.last(statement);
  return outcomes;
}

const noEpochs: ReadonlyMap<string, number> = new Map();

interface One {
  readonly command: Command;
  readonly hash: string;
  readonly found: StoredStep | undefined;
  readonly nowMs: number;
  readonly decide: (call: Call<Json>) => Decision<Json, unknown>;
  readonly plan: Plan;
}

interface Decided {
  readonly outcome: Outcome;
  /** Whether this batch writes it, as against finding it there. */
  readonly fresh: boolean;
  readonly change?: unknown;
}

function decideOne({ command, hash, found, nowMs, decide, plan }: One): Decided {
  const verdict = judge(command, hash, found);
  if (verdict.kind === 'answer') return { outcome: verdict.outcome, fresh: false };
  if (nowMs > Date.parse(command.notAfter)) return { outcome: { kind: 'expired' }, fresh: false };

  const effect = (outcome: NewEffect['outcome'], result: Json) =>
    plan.effects.push({ hash, outcome, result, ...keyOf(command) });
  if (verdict.kind === 'null-compensate') {
    effect('null-compensated', null);
    if (verdict.tombstone) plan.effects.push(tombstone(command));
    return { outcome: { kind: 'null-compensated', duplicate: false }, fresh: true };
  }
  const decision = decide(callOf(command, found?.action?.result));
  if (decision.kind === 'rejected') {
    const error = sanitise(decision.error) as typeof decision.error;
    // A counter-step's "no" is not stored: the saga waits for an operator, who may retry it.
    if (command.direction === 'action') effect('rejected', error);
    const fresh = command.direction === 'action';
    return { outcome: { kind: 'rejected', error, duplicate: false }, fresh };
  }
  const output = sanitise(decision.output);
  effect('applied', output);
  plan.changes.push(decision.change);
  return {
    outcome: { kind: 'applied', output, duplicate: false },
    fresh: true,
    change: decision.change,
  };
}

/** Domain rows before effect rows. */
function statementsOf(
  operation: Operation<Json, Json, unknown, unknown>,
  state: unknown,
  { changes, effects, messages }: Plan,
): Statement[] {
  return [
    ...(changes.length > 0 ? operation.write(changes, state) : []),
    ...(effects.length > 0 ? [insertEffects(effects)] : []),
    ...(messages.length > 0 ? [messageStatement(messages)] : []),
  ];
}

function keyOf(command: Command) {
  const { sagaId, step, direction, generation, notAfter } = command;
  return { sagaId, step, direction, generation, notAfter };
}

function tombstone(command: Command): NewEffect {
  return {
    hash: null,
    outcome: 'closed',
    result: null,
    ...keyOf(command),
    direction: 'action',
  };
}

function callOf(command: Command, done: Json | undefined): Call<Json> {
  const { sagaId, step, request } = command;
  return { sagaId, step, request, done };
}

const injectedRejection: Decision<never, never> = {
  kind: 'rejected',
  error: { code: 'INJECTED_REJECTION', message: 'Rejected by an injected fault.' },
};

/** Undoes finished work on purpose, just before its commit. */
export class InjectedRollback extends Error {
  override readonly name = 'InjectedRollback';
  readonly code = 'INJECTED_FAILURE';

  constructor() {
    super('Failed before commit by an injected fault; nothing was written.');
  }
}
