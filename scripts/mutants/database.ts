import type { Mutant } from './mutant.ts';

const on = (...tests: string[]) => ({ project: 'integration', tests }) as const;
const store = on('packages/db/test/store', 'packages/testkit/test');

/** Store, barrier, bus and tracker on real Postgres. */
export const databaseMutants: readonly Mutant[] = [
  {
    breaks: 'a write does not look at the fence',
    file: 'packages/db/src/store/write.ts',
    find: 'and i.owner is not distinct from $1::uuid and i.fence = w.fence and i.seq = w.base_seq',
    replace: 'and i.owner is not distinct from $1::uuid and i.seq = w.base_seq',
    ...store,
  },
  {
    breaks: 'a write does not look at the sequence',
    file: 'packages/db/src/store/write.ts',
    find: 'and i.owner is not distinct from $1::uuid and i.fence = w.fence and i.seq = w.base_seq',
    replace: 'and i.owner is not distinct from $1::uuid and i.fence = w.fence',
    ...store,
  },
  {
    breaks: 'a saga is released with letters unread',
    file: 'packages/db/src/store/write.ts',
    find: 'and (not w.needs_no_mail or i.mail_received = w.mail_read)',
    replace: '',
    ...store,
  },
  {
    breaks: 'a write that is sent again is not recognised',
    file: 'packages/db/src/store/write.ts',
    find: "if (isThere) return { kind: 'written', mailWaiting: row.mail_received > write.mailRead };",
    replace: '',
    ...store,
  },
  {
    breaks: 'a claim does not raise the fence',
    file: 'packages/db/src/store/claim.ts',
    find: 'set owner = $1::uuid, fence = i.fence + 1,',
    replace: 'set owner = $1::uuid, fence = i.fence,',
    ...store,
  },
  {
    breaks: 'what a dead worker held is not queued again',
    file: 'packages/db/src/store/worker-row.ts',
    find: 'select id, clock_timestamp(), definition_key from released',
    replace: 'select id, clock_timestamp(), definition_key from released where false',
    ...store,
  },
  {
    breaks: 'a late action applies after its tombstone',
    file: 'packages/db/src/barrier/verdict.ts',
    find: "if (stored.outcome === 'closed') return answer({ kind: 'suppressed' });",
    replace: "if (stored.outcome === 'closed') return { kind: 'execute' };",
    ...on('packages/services/src/inventory'),
  },
  {
    breaks: 'a compensation of nothing leaves no tombstone',
    file: 'packages/db/src/barrier/verdict.ts',
    find: "return { kind: 'null-compensate', tombstone: !stored?.action };",
    replace: "return { kind: 'null-compensate', tombstone: false };",
    ...on('packages/services/src/inventory'),
  },
  {
    breaks: "a business 'no' does not close its key",
    file: 'packages/db/src/barrier/batch.ts',
    find: "if (command.direction === 'action') effect('rejected', error);",
    replace: '',
    ...on('packages/services/src/inventory', 'packages/services/src/payment'),
  },
  {
    breaks: 'a command that comes after its time limit applies',
    file: 'packages/db/src/barrier/batch.ts',
    find: "if (nowMs > Date.parse(command.notAfter)) return { outcome: { kind: 'expired' }, fresh: false };",
    replace: '',
    ...on('packages/services/src/inventory'),
  },
  {
    breaks: 'keys that were written concurrently are not noticed',
    file: 'packages/db/src/barrier/batch.ts',
    find: 'if (written < plan.effects.length) {',
    replace: 'if (written < 0) {',
    ...on('packages/services/src/inventory'),
  },
  {
    breaks: 'an effect that an operator asks for again is applied again',
    file: 'packages/db/src/barrier/verdict.ts',
    find: "if (stored.outcome === 'applied') return answer(asOutcome(stored));",
    replace: '',
    ...on('packages/services/src/payment', 'packages/services/src/inventory'),
  },
  {
    breaks: 'an action is carried out after it has been compensated',
    file: 'packages/db/src/barrier/verdict.ts',
    find: "return step.compensation ? answer({ kind: 'suppressed' }) : { kind: 'execute' };",
    replace: "return { kind: 'execute' };",
    ...on('packages/services/src/inventory'),
  },
  {
    breaks: 'one key serves two requests',
    file: 'packages/db/src/barrier/verdict.ts',
    find: 'if (command.generation === stored.generation && stored.hash !== hash) return answer(keyReused);',
    replace: '',
    ...on('packages/services/src/inventory'),
  },
  {
    breaks: 'a message is settled while an older transaction may still add one before it',
    file: 'packages/db/src/bus/read-outbox.ts',
    find: 'o.xid < pg_snapshot_xmin(pg_current_snapshot()) as settled',
    replace: 'true as settled',
    ...on('packages/db/test/bus'),
  },
  {
    breaks: 'the tracker does not wait for the cause of a message',
    file: 'packages/db/src/tracker/fold-saga.ts',
    find: 'causationId === null || seen.has(causationId)',
    replace: 'causationId !== undefined',
    ...on('packages/db/test/tracker'),
  },
  {
    breaks: 'of two operators both may act',
    file: 'packages/db/src/commands/check-operation.ts',
    find: 'if (seq === expectedSeq && owner === null) return undefined;',
    replace: 'if (owner === null) return undefined;',
    ...on('apps/worker/test/outcomes', 'apps/worker/test/commands'),
  },
  {
    breaks: 'a claim that failed to reach its worker keeps its sagas',
    file: 'packages/db/src/store/saga-store.ts',
    find: "and updated_at < clock_timestamp() - interval '5 seconds'",
    replace: 'and false',
    ...store,
  },
];
