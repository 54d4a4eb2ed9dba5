import { beforeEach, describe, expect, it } from 'vitest';
import { type Cluster, createCluster } from '../src/cluster/index.ts';
import { checkInvariants } from '../src/invariants/index.ts';
import { accept, type Instance, type JournalEntry, type LoggedEvent } from '../src/memory/index.ts';
import { calmNetwork } from '../src/network/index.ts';
import { createSimulation } from '../src/time/index.ts';
import { order } from './sagas.ts';

const ids = ['done', 'undone'];

/** Two orders that have ended: one completed, one refused at its pivot and undone. */
async function finished(): Promise<Cluster> {
  const sim = createSimulation({ seed: 1 });
  const cluster = createCluster({
    sim,
    network: calmNetwork(sim),
    definitions: () => [order],
    answer: ({ sagaId, step }) =>
      sagaId === 'undone' && step === 'ship'
        ? { kind: 'rejected', error: { code: 'NO', message: 'No.' } }
        : { kind: 'applied', output: null },
  });
  for (const sagaId of ids) accept(cluster.database, order, { sagaId, input: { id: sagaId } });
  cluster.start();
  await sim.run(() => cluster.open().length === 0, { virtualMsMax: 10_000 });
  return cluster;
}

/** What may be changed in a cluster by those who mean harm. */
interface Hands {
  row(sagaId: string): Instance;
  log(sagaId: string): LoggedEvent[];
  readonly journal: JournalEntry[];
  readonly cluster: Cluster;
}

const callOf = (step: string, direction: JournalEntry['direction'], sagaId = 'done') =>
  function find(entry: JournalEntry): boolean {
    return entry.step === step && entry.direction === direction && entry.sagaId === sagaId;
  };

function take(journal: JournalEntry[], which: (entry: JournalEntry) => boolean): JournalEntry {
  const [entry] = journal.splice(journal.findIndex(which), 1);
  if (!entry) throw new Error('There is no such entry.');
  return entry;
}

/** What is done in secret, and the promises that it breaks. */
const corruptions: Readonly<Record<string, readonly [string, (hands: Hands) => void]>> = {
  'an event vanishes': ['logIsGapless', ({ log }) => log('done').splice(3, 1)],
  'the last event vanishes': ['logIsGapless', ({ log }) => log('done').pop()],
  'the row says something else than the log': [
    'rowIsFoldOfLog',
    ({ row }) => {
      row('done').state = { ...row('done').state, paused: true };
    },
  ],
  'an owner writes under an older fence': [
    'fenceNeverFalls',
    ({ log }) => {
      const [last] = log('done').splice(-1);
      if (last) log('done').push({ ...last, fence: 0n });
    },
  ],
  'the fence of the row falls': [
    'fenceNeverFalls',
    ({ row }) => {
      row('done').fence = 0n;
    },
  ],
  'a saga that has ended goes on': [
    'movesAreAllowed',
    ({ log }) => {
      const [last] = log('done').slice(-1);
      if (!last) return;
      const data = { reason: { kind: 'cancelled', reason: 'late' } } as const;
      const event = { ...last.event, seq: 99, type: 'CompensationStarted', data } as const;
      log('done').push({ ...last, event });
    },
  ],
  'a saga that has ended has an owner': [
    'endLetsGo',
    ({ row }) => {
      row('done').owner = 'w1';
    },
  ],
  'a saga that has ended waits to be claimed': [
    'endLetsGo',
    ({ cluster }) => {
      cluster.database.tables.ready.set('done', { runAtMs: 0, definitionKey: 'order@1' });
    },
  ],
  'a saga that has ended has not read its letters': [
    'endLetsGo',
    ({ row }) => {
      row('done').mailReceived += 1;
    },
  ],
  'an effect happens twice': [
    'effectsHappenOnce',
    ({ journal }) => {
      const entry = journal.find(callOf('charge', 'action'));
      if (entry) journal.push(entry);
    },
  ],
  'the world shows an effect twice': [
    'effectsHappenOnce',
    ({ cluster }) => {
      (cluster.services.counters as Map<string, number>).set('done/charge', 2);
    },
  ],
  'the world shows less than nothing': [
    'effectsHappenOnce',
    ({ cluster }) => {
      (cluster.services.counters as Map<string, number>).set('undone/charge', -1);
    },
  ],
  'an action happens after its counter-step': [
    'nothingAfterItsUndo',
    ({ journal }) => journal.push(take(journal, callOf('charge', 'action', 'undone'))),
  ],
  'an effect happens before its intent is durable': [
    'intentComesFirst',
    ({ journal }) => {
      const entry = take(journal, callOf('charge', 'action'));
      journal.unshift({ ...entry, tick: 0 });
    },
  ],
  'a call is made that the log does not know': [
    'intentComesFirst',
    ({ journal }) => {
      const entry = journal.find(callOf('charge', 'action'));
      if (entry) journal.push({ ...entry, attempt: 7, isEffect: false });
    },
  ],
  'a retry says something else': [
    'retriesSayTheSame',
    ({ journal }) => {
      const entry = journal.find(callOf('charge', 'action'));
      if (entry) journal.push({ ...entry, request: { id: 'other' }, isEffect: false });
    },
  ],
  'the pivot begins though a cancel waits': [
    'cancelForbidsPivot',
    ({ cluster }) => {
      const head = { position: 1, reason: 'late', actor: 'api', at: '2026-01-01T00:00:00.000Z' };
      const letter = { ...head, kind: 'cancel' } as const;
      cluster.database.tables.mail.set('done', [{ letter, tick: 0 }]);
    },
  ],
  'a letter is taken for read that the log does not know': [
    'lettersAreReadOnce',
    ({ cluster, row }) => {
      const head = { position: 1, reason: 'lost', actor: 'api', at: '2026-01-01T00:00:00.000Z' };
      const letter = { ...head, kind: 'pause' } as const;
      cluster.database.tables.mail.set('done', [{ letter, tick: 1e9 }]);
      row('done').mailRead = 1;
    },
  ],
  'a saga completes without one of its effects': [
    'completedIsComplete',
    ({ journal }) => take(journal, callOf('confirm', 'action')),
  ],
  'a saga completes in another order than its own': [
    'completedIsComplete',
    ({ journal }) => {
      const entry = take(journal, callOf('create', 'action'));
      journal.push({ ...entry, tick: 1e9 });
    },
  ],
  'a saga completes and something of it was undone': [
    'completedIsComplete',
    ({ journal }) => {
      const entry = journal.find(callOf('charge', 'compensation', 'undone'));
      if (entry) journal.push({ ...entry, sagaId: 'done' });
    },
  ],
  'a counter-step comes past the pivot': [
    'nothingUndonePastThePivot',
    ({ journal }) => {
      const entry = journal.find(callOf('charge', 'compensation', 'undone'));
      if (entry) journal.push({ ...entry, sagaId: 'done' });
    },
  ],
  'a counter-step is missing': [
    'compensatedIsUndone',
    ({ journal }) => take(journal, callOf('reserve', 'compensation', 'undone')),
  ],
  'a counter-step undoes what was never done': [
    'compensatedIsUndone',
    ({ journal }) => take(journal, callOf('reserve', 'action', 'undone')),
  ],
  'a saga is compensated though its pivot was done': [
    'compensatedIsUndone',
    ({ journal }) => {
      const entry = take(journal, callOf('ship', 'action', 'undone'));
      journal.push({ ...entry, answer: 'applied', isEffect: true });
    },
  ],
  'a saga vanishes': [
    'nothingIsLost',
    ({ cluster }) => cluster.database.tables.instances.delete('done'),
  ],
  'the engine reports a fault of its own': [
    'engineReportsNoFault',
    ({ cluster }) => (cluster.faults as unknown[]).push(new Error('What now?')),
  ],
};

describe('the invariants', () => {
  let cluster: Cluster;
  beforeEach(async () => {
    cluster = await finished();
  });

  it('find nothing where nothing is wrong', () => {
    const ends = ids.map((id) => cluster.database.tables.instances.get(id)?.state.phase.status);
    expect(ends).toEqual(['completed', 'compensated']);
    expect(checkInvariants(cluster, ids)).toEqual([]);
  });

  it.each(Object.entries(corruptions))('notice it when %s', (_, [invariant, corrupt]) => {
    const { tables } = cluster.database;
    corrupt({
      cluster,
      row(sagaId) {
        const row = tables.instances.get(sagaId);
        if (!row) throw new Error(`There is no saga ${sagaId}.`);
        return row;
      },
      log: (sagaId) => tables.logs.get(sagaId) ?? [],
      journal: cluster.services.journal.entries as JournalEntry[],
    });
    const found = checkInvariants(cluster, ids).map((violation) => violation.invariant);
    expect(found).toContain(invariant);
  });
});
