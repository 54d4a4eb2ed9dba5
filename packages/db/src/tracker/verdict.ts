import type { Expectation } from '@counterstep/saga-core/choreography';
import type { StallVerdict } from '@counterstep/saga-core/machine';
import type { Queryable } from '../tx/index.ts';

/** Services' databases by name, each with its own schema as search path. */
export type ServicePools = ReadonlyMap<string, Queryable>;

/** What the consumer's own tables say of a reaction that nothing has been heard of. */
interface Found {
  readonly parked: 'waiting' | 'dead' | null;
  /** It waits for its time, or somebody is at it. */
  readonly in_hand: boolean;
  /** Messages about the step that it has sent. */
  readonly answers: readonly string[];
}

/** After its time, before an attempt that waits counts as overdue: one may be about to begin. */
const lateMs = 2_000;

/**
 * Where a message that is overdue has got to; undefined when it is not overdue after all: its answer is
 * there and the tracker has not read it yet, or an attempt is in hand.
 *
 * @param read ids of the messages that the tracker has read, those that it holds included
 */
export async function verdictOn(
  services: ServicePools,
  sagaId: string,
  { step, direction, consumer, cause }: Expectation,
  read: ReadonlySet<string>,
): Promise<StallVerdict | undefined> {
  const db = services.get(consumer);
  if (!db) return undefined;
  const [found] = await db.query<Found>(
    `select p.state as parked, coalesce(p.state = 'waiting' and
              p.due_at > clock_timestamp() - make_interval(secs => $5), false) as in_hand,
            (select coalesce(jsonb_agg(message_id), '[]') from outbox
              where saga_id = $1 and envelope ->> 'step' = $2) as answers
       from (select 1) as one
       left join parked p on p.message_id = $4 and p.step = $2 and p.direction = $3`,
    [sagaId, step, direction, cause.messageId, lateMs / 1_000],
  );
  const isUnread = found?.answers.some((messageId) => !read.has(messageId)) ?? false;
  if (!found || isUnread || found.in_hand) return undefined;
  if (found.parked === 'dead') return 'dead-lettered';
  if (found.parked === 'waiting') return 'backing-off';
  return (await isRead(services, db, cause.messageId)) ? 'not-emitted' : 'in-transit';
}

interface Place {
  readonly partition: number;
  readonly xid: string;
  readonly id: string;
}

/** Whether the consumer has read past the cause. One that nobody holds any more was read long ago. */
async function isRead(
  services: ServicePools,
  consumer: Queryable,
  messageId: string,
): Promise<boolean> {
  for (const [source, db] of services) {
    const [place] = await db.query<Place>(
      'select partition, xid, id from outbox where message_id = $1',
      [messageId],
    );
    if (!place) continue;
    const passed = await consumer.query(
      `select 1 from subscription where source = $1 and partition = $2
          and (cursor_xid, cursor_id) >= ($3::xid8, $4::bigint)`,
      [source, place.partition, place.xid, place.id],
    );
    return passed.length > 0;
  }
  return true;
}
