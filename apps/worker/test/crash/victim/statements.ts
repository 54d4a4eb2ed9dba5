/** What one SQL statement means for a crash: nothing, or a name in the list of boundaries. */
interface Rule {
  readonly name: string;
  readonly like: RegExp;
}

/**
 * Writes that go on all the time whatever becomes of any saga. Where in them a process dies decides
 * nothing, and how many there are is a matter of time, so no numbering could be repeated.
 */
const polling: readonly Rule[] = [
  { name: 'heartbeat, status, version of the fault rules', like: /^update saga\.worker/ },
  { name: 'partition leases, renewed every second', like: /^with mine as/ },
  { name: 'partitions given back', like: /^update \S+ set owner = null, lease_until = null/ },
  { name: 'strays, looked for every second', like: /^with stray as/ },
  { name: 'reaping', like: /^with orphan as/ },
];

const named: readonly Rule[] = [
  { name: 'definitions', like: /^insert into saga\.definition / },
  { name: 'worker', like: /^insert into saga\.worker / },
  { name: 'cursors', like: /^insert into (subscription|saga\.tracker_cursor) / },
  { name: 'saga.claim', like: /^update saga\.instance i set owner = \$1::uuid, fence/ },
  {
    name: 'saga.claim',
    like: /^insert into saga\.event \(saga_id, seq, type, step, attempt, data, actor\) select/,
  },
  { name: 'saga.claim', like: /^delete from saga\.ready where saga_id/ },
  { name: 'saga.write', like: /^with updated as/ },
  { name: 'faults.decide', like: /^(insert into saga\.fault_decision|update saga\.fault)/ },
  { name: 'cursor', like: /^update (subscription|saga\.tracker_cursor) t set cursor_xid/ },
  { name: 'effect', like: /^insert into effect as e/ },
  { name: 'close', like: /^insert into effect \(/ },
  { name: 'outbox', like: /^insert into outbox/ },
  { name: 'park', like: /^insert into parked .*returning message_id/ },
  { name: 'fence', like: /^insert into saga_epoch/ },
  { name: 'fence', like: /^delete from parked where saga_id/ },
  { name: 'park-under-way', like: /^insert into parked .* select/ },
  { name: 'unpark-under-way', like: /^delete from parked p using/ },
  { name: 'unpark', like: /^delete from parked using/ },
  { name: 'take-parked', like: /^update parked p set due_at/ },
  { name: 'redrive', like: /^update parked set state/ },
  { name: 'take-letter', like: /^delete from saga\.ready r using/ },
  { name: 'raise-stall', like: /^update saga\.instance set .* stalled = true/ },
  { name: 'raise-stall', like: /^insert into saga\.event .* 'tracker'\)$/ },
  { name: 'answer-letter', like: /^update saga\.instance set seq .* mail_read/ },
  { name: 'answer-letter', like: /^insert into saga\.event \(saga_id, seq, type, data, actor\)/ },
  { name: 'fold', like: /^insert into saga\.(event|held_message|instance) .*message/ },
  { name: 'fold', like: /^insert into saga\.instance .*'choreography'/ },
  { name: 'fold', like: /^update saga\.instance i set seq = s\.seq/ },
  { name: 'fold', like: /^delete from saga\.held_message/ },
  { name: 'call', like: /^insert into call_journal/ },
];

/** How a statement begins whose rows the server counts. */
const counted = /^with written as \( ?/;

/** It fails where it changes none, and answers with no rows. */
export const isCounted = (sql: string): boolean => counted.test(sql);

/** Not `for update`, not `do update`. */
const writing = /(?<!\bfor |\bdo )\b(insert into|delete from|update) ([a-z_.]+)/;

/**
 * Name of a writing statement, also of one inside `with`. One that nobody has named gets a name of
 * its own text: it will be missing in the list of boundaries, and the suite says so.
 */
export function nameOf(sql: string): string | undefined {
  const text = sql.replaceAll(/\s+/g, ' ').trim().replace(counted, '');
  const verb = writing.exec(text);
  if (!verb || polling.some(({ like }) => like.test(text))) return undefined;
  return named.find(({ like }) => like.test(text))?.name ?? `${verb[1]} ${verb[2]}`;
}

/** Asks again and again for work; only those answers that bring some are boundaries. */
export const isPoll = (label: string): boolean => /: (take-parked|cursor)$/.test(label);
