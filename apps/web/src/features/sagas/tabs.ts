import type { Counts, SagaStatus } from '@/lib/trpc.ts';
import { activeStatuses, finishedStatuses } from '@/ui/status.ts';

type View = 'active' | 'retrying' | 'unknown' | 'waiting' | 'paused' | 'stalled';

interface Tab {
  readonly id: string;
  readonly word: string;
  readonly statuses?: readonly SagaStatus[];
  readonly view?: View;
  /** Somebody has to look: red as soon as there is one. */
  readonly needsYou?: true;
  /** Shown only while there are any: many systems never have one. */
  readonly isRare?: true;
}

export const tabs = [
  { id: 'active', word: 'Active', view: 'active' },
  { id: 'stuck', word: 'Stuck', statuses: ['stuck'], needsYou: true },
  { id: 'retrying', word: 'Retrying', view: 'retrying' },
  { id: 'compensating', word: 'Compensating', statuses: ['compensating'] },
  { id: 'unknown', word: 'Unknown outcome', view: 'unknown' },
  { id: 'stalled', word: 'Stalled', view: 'stalled', needsYou: true },
  { id: 'completed', word: 'Completed', statuses: ['completed'] },
  { id: 'compensated', word: 'Compensated', statuses: ['compensated'] },
  { id: 'resolved', word: 'Resolved', statuses: ['resolved'] },
  { id: 'all', word: 'All' },
  // Last: where they come and go, nothing stands behind them.
  { id: 'waiting', word: 'Waiting', view: 'waiting', isRare: true },
  { id: 'paused', word: 'Paused', view: 'paused', isRare: true },
] as const satisfies readonly Tab[];

export type TabId = (typeof tabs)[number]['id'];

export const tabIds: readonly TabId[] = tabs.map(({ id }) => id);

export const tabOf = (id: TabId): Tab & { id: TabId } =>
  tabs.find((tab) => tab.id === id) ?? tabs[0];

export function countOf({ view, statuses }: Tab, counts: Counts | undefined): number | undefined {
  if (!counts) return undefined;
  if (view && view !== 'active') return counts[view];
  const wanted = view ? activeStatuses : (statuses ?? [...activeStatuses, ...finishedStatuses]);
  return wanted.reduce((sum, status) => sum + counts[status], 0);
}
