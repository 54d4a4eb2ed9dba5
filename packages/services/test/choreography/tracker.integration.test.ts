import { randomUUID } from 'node:crypto';
import type { Message, RecordedMessage } from '@counterstep/saga-core/choreography';
import {
  evolve,
  initialState,
  type RecordedEvent,
  type SagaState,
} from '@counterstep/saga-core/machine';
import { readLogs } from '@counterstep/db/store';
import { createTestDatabase, type TestDatabase } from '@counterstep/db/testing';
import { createMemory, flowsOf, foldMessages } from '@counterstep/db/tracker';
import { createPool, type Pool } from '@counterstep/db/tx';
import { createRandom } from '@counterstep/testkit/time';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placeOrderChoreography } from '../../src/place-order/index.ts';
import { exploreAll } from './explore.ts';

/**
 * Every way in which an order can end, as the messages that were sent, and told of failed attempts at
 * some of them; then in any order, in batches of any size, with copies. The tracker must make the same
 * of it as when all come in order.
 */

const flows = flowsOf([placeOrderChoreography]);
const { reactions } = placeOrderChoreography;
const copies = 12;
const seed = Number(process.env['TRACKER_SEED'] ?? 5);
const random = createRandom(seed);

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({
    url: database.url,
    role: 'counterstep_engine',
    searchPath: 'saga',
    applicationName: 'tracker-order-test',
  });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** Now and then an attempt failed on the way, or was the last one, before it went well after all. */
function withNotices(messages: readonly RecordedMessage[]): RecordedMessage[] {
  const answered = new Set(messages.map(({ step, report }) => `${step} ${kindOf(report)}`));
  const notices = messages.flatMap((cause) =>
    reactions
      .filter(({ on, step, direction }) => {
        return on.type === cause.type && answered.has(`${step} ${direction}`) && random.chance(0.4);
      })
      .map(({ step, direction, service, rejected }): RecordedMessage => {
        const isStuck = !rejected && random.chance(0.5);
        return {
          ...cause,
          messageId: randomUUID(),
          causationId: cause.messageId,
          depth: cause.depth + 1,
          type: `${step}/attempt-failed`,
          step,
          service,
          data: null,
          report: {
            kind: 'attempt-failed',
            direction,
            attempt: 1,
            failure: random.pick(['transient', 'unknown']),
            error: { code: 'LOST', message: 'No reply.' },
            retryAt: isStuck ? null : '2026-01-01T00:00:01.000Z',
            isStuck,
          },
        };
      }),
  );
  return [...messages, ...notices].sort((a, b) => a.depth - b.depth);
}

function kindOf(report: Message['report']): string {
  if (report.kind === 'applied') return report.direction;
  if (report.kind === 'null-compensated') return 'compensation';
  return report.kind === 'accepted' ? 'accepted' : 'action';
}

/** The same story of another saga. Returns the name that each message has in the first one, too. */
function retold(messages: readonly RecordedMessage[]) {
  const sagaId = randomUUID();
  const idOf = new Map(messages.map(({ messageId }) => [messageId, randomUUID()]));
  const nameOf = new Map(messages.map(({ messageId }) => [idOf.get(messageId), messageId]));
  const told = messages.map((message) => ({
    ...message,
    sagaId,
    messageId: idOf.get(message.messageId) ?? '',
    causationId: message.causationId && (idOf.get(message.causationId) ?? ''),
  }));
  return { sagaId, told, nameOf };
}

/** One that is heard of after the answer is left out of the log: it has nothing to say any more. */
const isFailedAttempt = (event: RecordedEvent): boolean =>
  event.type === 'StepOutcomeUnknown' ||
  event.type === 'CompensationFailed' ||
  (event.type === 'StepFailed' && event.data.failure === 'transient');

/** What the services have said, each thing once, in no order; and what became of the saga. */
function essenceOf(log: readonly RecordedEvent[], nameOf: ReadonlyMap<string | undefined, string>) {
  const { phase, steps } = log.reduce<SagaState>(evolve, initialState);
  return {
    status: phase.status,
    steps: Object.entries(steps)
      .map(
        ([name, { forward, backward }]) =>
          `${name} ${settled(forward.status)} ${backward?.status ?? ''}`,
      )
      .toSorted(),
    said: log
      .filter((event) => event.actor !== 'tracker' && !isFailedAttempt(event))
      .map(({ type, actor, messageId }) => `${type} ${actor} ${nameOf.get(messageId ?? '')}`)
      .toSorted(),
  };
}

/** Whether a step was seen to begin that was undone unanswered is a matter of who was heard first. */
const settled = (status: string): string => (status === 'dispatched' ? 'pending' : status);

describe('messages of choreographed orders', () => {
  it('in any order, with copies, fold to the same state and the same facts', async () => {
    const stories = exploreAll()
      .ends.map(({ messages }) => withNotices(messages))
      .flatMap((messages) => {
        const inOrder = retold(messages);
        const others = Array.from({ length: copies }, () => ({ ...retold(messages), inOrder }));
        return [{ ...inOrder, inOrder }, ...others];
      });
    for (const { told, inOrder, sagaId } of stories) {
      if (sagaId === inOrder.sagaId) await foldMessages(pool, flows, told);
    }
    const coming = shuffled(
      stories
        .filter(({ sagaId, inOrder }) => sagaId !== inOrder.sagaId)
        .flatMap(({ told }) => told.flatMap((m) => (random.chance(0.3) ? [m, m] : [m]))),
    );
    // Two readers, of which each remembers only what it has folded itself.
    const memories = [createMemory(), createMemory()];
    for (let from = 0; from < coming.length;) {
      const size = random.integer(1, 120);
      const memory = memories[random.integer(0, 1)];
      await foldMessages(pool, flows, coming.slice(from, from + size), { memory });
      from += size;
    }
    const logs = await readLogs(
      pool,
      stories.map(({ sagaId }) => sagaId),
    );
    const essence = ({ sagaId, nameOf }: Omit<(typeof stories)[number], 'inOrder'>) =>
      essenceOf(logs.get(sagaId) ?? [], nameOf);
    for (const story of stories) expect(essence(story)).toEqual(essence(story.inOrder));
    const ends = new Set(stories.map((story) => essence(story).status));
    expect(ends).toEqual(new Set(['completed', 'compensated']));
    expect(await pool.query('select from saga.held_message')).toEqual([]);
    process.stdout.write(
      `  tracker: ${stories.length} stories, ${coming.length} messages in any order, seed ${seed}\n`,
    );
  }, 60_000);
});
