import { randomUUID } from 'node:crypto';
import { answerTo, commandOf, failureIn, rejectionOf } from '@counterstep/db/bus';
import type { Message, Reaction, RecordedMessage } from '@counterstep/saga-core/choreography';
import { asJson } from '@counterstep/saga-core/definition';
import type { Command, Outcome } from '@counterstep/saga-core/participant';
import { Barrier, type Decision, type Effect } from '@counterstep/testkit/memory';
import { placeOrderChoreography, placeOrderSaga } from '../../src/place-order/index.ts';

/**
 * One choreographed order as a machine that is small enough to be looked at whole: what the services
 * have stored, and what they have sent. A message may be delivered at any time and any number of
 * times, so it is late, overtaken and doubled in every way. The reactions, their answers and the
 * barrier's table are the product's own.
 */
export interface World {
  readonly effects: ReadonlyMap<string, Effect>;
  /** How often the business of each effect was carried out. */
  readonly applied: ReadonlyMap<string, number>;
  readonly messages: readonly RecordedMessage[];
}

/** One thing that may happen next. */
export interface Move {
  readonly name: string;
  /** A delivery that goes well, as in the end each does; the others need a fault or a person. */
  readonly isDelivery: boolean;
  make(world: World): World;
}

const { reactions, start } = placeOrderChoreography;
const pivot = placeOrderSaga.steps.find((step) => step.class === 'pivot');
const notAfter = '2999-01-01T00:00:00.000Z';

/** The world of an order that has just been asked for. */
export function beginning(sagaId: string = randomUUID()): World {
  const lines = [{ sku: 'WAL-TRAY-02', quantity: 1, unitPrice: 4_900 }];
  const order = { orderId: randomUUID(), customerId: 'harbour-cafe', lines, total: 4_900 };
  const asked: Message = {
    messageId: randomUUID(),
    type: start.type,
    version: start.version,
    service: start.service,
    sagaId,
    causationId: null,
    depth: 0,
    definition: placeOrderSaga.name,
    definitionVersion: placeOrderSaga.version,
    epoch: 0,
    step: 'order.create',
    report: { kind: 'accepted', input: asJson(order) },
    data: { order },
    correlationId: null,
    idempotencyKey: null,
  };
  return send({ effects: new Map(), applied: new Map(), messages: [] }, asked);
}

/** Everything that may happen next. @param barrierOf makes the barrier over what is stored */
export function movesOf(world: World, barrierOf: BarrierOf = honest): Move[] {
  const deliveries = world.messages.flatMap((message) =>
    reactions
      .filter((reaction) => reaction.on.type === message.type)
      .flatMap((reaction) => movesAt(reaction, message, barrierOf)),
  );
  return [...deliveries, cancel(barrierOf)];
}

export type BarrierOf = () => Barrier;
const honest: BarrierOf = () => new Barrier();

function movesAt(reaction: Reaction, message: RecordedMessage, barrierOf: BarrierOf): Move[] {
  const name = `${message.type} → ${reaction.operation.name}`;
  const says = (decision: Decision) => (world: World) =>
    react(world, reaction, message, decision, barrierOf());
  const yes: Decision = { kind: 'applied', output: { step: reaction.step } };
  const no: Decision = {
    kind: 'rejected',
    error: { code: 'NO', message: 'The business says no.' },
  };
  const moves: Move[] = [{ name, isDelivery: true, make: says(yes) }];
  if (!reaction.rejected) return moves;
  const gaveUp = { code: 'GAVE_UP', message: 'The last attempt failed.' };
  const closes = (world: World) =>
    close(world, reaction, barrierOf(), () => rejectionOf(reaction, message, 'closed', 5, gaveUp));
  return [
    ...moves,
    { name: `${name}, no`, isDelivery: false, make: says(no) },
    { name: `${name}, given up`, isDelivery: false, make: closes },
  ];
}

/** Somebody cancels, again and again if they like: the pivot's key is closed at its owner. */
function cancel(barrierOf: BarrierOf): Move {
  const reaction = reactions.find(
    ({ step, direction }) => step === pivot?.name && direction === 'action',
  );
  if (!reaction) throw new Error('The flow has no pivot.');
  const error = { code: 'CANCELLED', message: 'Cancelled before the pivot.' };
  return {
    name: 'cancel',
    isDelivery: false,
    make(world) {
      const [first] = world.messages;
      if (!first) throw new Error('The world has no beginning.');
      return close(world, reaction, barrierOf(), () =>
        rejectionOf(reaction, first, 'closed', 1, error),
      );
    },
  };
}

/** Like the transaction of a reaction: the effect and its answer, or neither. */
function react(
  world: World,
  reaction: Reaction,
  message: RecordedMessage,
  decision: Decision,
  barrier: Barrier,
): World {
  const parked = { message, ...reaction, attempts: 0, forgiven: 0, generation: 1 };
  const command = commandOf(reaction, parked, notAfter);
  restore(barrier, world);
  const { outcome, isEffect } = barrier.execute(command, 0, () => decision);
  if (failureIn(reaction, outcome)) return world;
  const after = kept(world, barrier, isEffect ? command : undefined);
  const answer = isFresh(outcome) ? answerTo(reaction, message, command, outcome) : undefined;
  return answer ? send(after, answer) : after;
}

function close(
  world: World,
  { step, direction }: Reaction,
  barrier: Barrier,
  answer: () => Message,
): World {
  const [first] = world.messages;
  restore(barrier, world);
  const before = barrier.effects.size;
  barrier.close({ sagaId: first?.sagaId ?? '', step, direction });
  const after = kept(world, barrier, undefined);
  return barrier.effects.size > before ? send(after, answer()) : after;
}

function restore(barrier: Barrier, world: World): void {
  for (const [key, effect] of world.effects) barrier.effects.set(key, effect);
}

function kept(world: World, barrier: Barrier, command: Command | undefined): World {
  const applied = new Map(world.applied);
  const key = command && `${command.step} ${command.direction}`;
  if (key !== undefined) applied.set(key, (applied.get(key) ?? 0) + 1);
  return { ...world, applied, effects: new Map(barrier.effects) };
}

const isFresh = (outcome: Outcome): boolean => 'duplicate' in outcome && !outcome.duplicate;

function send(world: World, message: Message): World {
  const at = new Date(Date.UTC(2026, 0, 1, 0, 0, world.messages.length)).toISOString();
  return { ...world, messages: [...world.messages, { ...message, at }] };
}

/** Equal for worlds that nothing can tell apart from now on. */
export function keyOf({ effects, applied, messages }: World): string {
  const stored = [...effects].map(([key, { outcome }]) => `${key.slice(36)} ${outcome}`);
  const times = [...applied].map(([key, count]) => `${key} × ${count}`);
  return [stored, times, messages.map(({ type }) => type)]
    .map((all) => all.toSorted().join())
    .join(';');
}
