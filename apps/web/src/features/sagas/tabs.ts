import type { Counts, SagaStatus } from '@/lib/trpc.ts';
import { activeStatuses } from '@/ui/status.ts';

interface Tab {
  readonly id: string;
  readonly word: string;
  readonly statuses?: readonly SagaStatus[];
  /** Only those in which something is overdue; how many there are is not counted. */
  readonly stalled?: true;
}

export const tabs = [
  { id: 'active', word: 'Active', statuses: activeStatuses },
  { id: 'stuck', word: 'Stuck', statuses: ['stuck'] },
  { id: 'stalled', word: 'Stalled', statuses: activeStatuses, stalled: true },
  { id: 'compensating', word: 'Compensating', statuses: ['compensating'] },
  { id: 'completed', word: 'Completed', statuses: ['completed'] },
  { id: 'compensated', word: 'Compensated', statuses: ['compensated'] },
  { id: 'resolved', word: 'Resolved', statuses: ['resolved'] },
  { id: 'all', word: 'All' },
] as const satisfies readonly Tab[];

export type TabId = (typeof tabs)[number]['id'];

export const tabOf = (id: string | null): Tab & { id: TabId } =>
  tabs.find((tab) => tab.id === id) ?? tabs[0];

export function countOf(tab: Tab, counts: Counts | undefined): number | undefined {
  if (!counts || tab.stalled) return undefined;
  const wanted = tab.statuses ?? (Object.keys(counts) as SagaStatus[]);
  return wanted.reduce((sum, status) => sum + counts[status], 0);
}
