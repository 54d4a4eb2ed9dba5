import { randomUUID } from 'node:crypto';
import type {
  Message,
  MessageBus,
  Reader,
  RecordedMessage,
  Subscription,
} from '@counterstep/saga-core/choreography';
import { createAlarm } from '@counterstep/saga-core/engine';

/** One implementation of the bus, with the outboxes of two sources and nothing read yet. */
export interface BusHarness {
  readonly bus: MessageBus;
  readonly source: string;
  readonly otherSource: string;
  readonly group: string;
  /** Writes messages in a transaction of a source, by default the first, and commits it. */
  append(messages: readonly Message[], source?: string): Promise<void>;
  /** Writes messages in a transaction that stays open; resolves once they are written. */
  appendOpen(messages: readonly Message[]): Promise<{ commit(): Promise<void> }>;
  close(): Promise<void>;
}

export function testMessage(sagaId: string = randomUUID(), depth = 0): Message {
  return {
    messageId: randomUUID(),
    type: 'Tested',
    version: 1,
    service: 'order',
    sagaId,
    causationId: null,
    depth,
    definition: 'test',
    definitionVersion: 1,
    epoch: 0,
    step: 'test',
    report: { kind: 'null-compensated', attempt: 1 },
    data: null,
    correlationId: null,
    idempotencyKey: null,
  };
}

export const testMessages = (count: number): Message[] =>
  Array.from({ length: count }, () => testMessage());

/** A reader that writes down what it has dealt with. */
export interface Witness {
  readonly member: string;
  readonly reader: Reader;
  readonly seen: readonly RecordedMessage[];
  hasSeen(messages: readonly Message[]): boolean;
  /** Waits until it holds, which is asked whenever this reader has been handed something. */
  until(condition: () => boolean | Promise<boolean>): Promise<void>;
  /** Waits until nothing is left that is not acknowledged. */
  caughtUp(): Promise<void>;
}

const deadlineMs = 10_000;

/** @param handle runs first; what it throws is what the bus gets */
export function witness(
  { bus, source, group }: BusHarness,
  { handle, members = () => 1, ...rest }: Partial<Subscription> = {},
): Witness {
  const seen: RecordedMessage[] = [];
  const arrived = createAlarm();
  const member: string = randomUUID();
  const reader = bus.subscribe({
    sources: [source],
    group,
    member,
    members,
    ...rest,
    async handle(messages) {
      await handle?.(messages);
      seen.push(...messages);
      arrived.wake();
    },
    onError: () => arrived.wake(),
  });
  async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
    for (const endMs = Date.now() + deadlineMs; !(await condition());) {
      if (Date.now() > endMs) throw new Error(`Not within 10 s; ${seen.length} messages came.`);
      reader.wake();
      await arrived.wait(50);
    }
  }
  return {
    member,
    reader,
    seen,
    hasSeen: (messages) =>
      messages.every(({ messageId }) => seen.some((one) => one.messageId === messageId)),
    until,
    caughtUp: () => until(async () => (await bus.lag(source, group)).messages === 0),
  };
}
