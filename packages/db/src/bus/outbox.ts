import type { Message } from '@counterstep/saga-core/choreography';
import { partitions } from '../schema/participant-tables.ts';
import { jsonLines, type Queryable, type Statement } from '../tx/index.ts';

/** A message that is in the outbox now, with the time that it bears there (ISO 8601). */
export interface Appended {
  readonly messageId: string;
  readonly at: string;
}

/**
 * Writes messages to the outbox of the service whose transaction this is. A message that is already
 * there stays as it is. Returns those that were new.
 */
export async function appendMessages(
  db: Queryable,
  messages: readonly Message[],
): Promise<Appended[]> {
  const { text, params } = messageStatement(messages);
  const rows = await db.query<{ messageId: string; at: Date }>(
    `${text} on conflict (message_id) do nothing returning message_id as "messageId", at`,
    params,
  );
  return rows.map(({ messageId, at }) => ({ messageId, at: at.toISOString() }));
}

/** Messages that are new for certain, as a statement of somebody else's transaction; a copy fails it. */
export function messageStatement(messages: readonly Message[]): Statement {
  return {
    text: appendSql,
    params: [
      messages.map((m) => partitionOf(m.sagaId)),
      messages.map((m) => m.messageId),
      messages.map((m) => m.sagaId),
      messages.map((m) => m.type),
      jsonLines(messages),
    ],
    rows: messages.length,
  };
}

const appendSql = `
insert into outbox (partition, message_id, saga_id, type, envelope)
select partition, message_id, saga_id, type, envelope::json
  from unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::text[], string_to_array($5, E'\\n'))
       as row (partition, message_id, saga_id, type, envelope)`;

/** Random bits of the id: the last four digits of a uuid are random in every version in use. */
function partitionOf(sagaId: string): number {
  return Number.parseInt(sagaId.slice(-4), 16) % partitions;
}
