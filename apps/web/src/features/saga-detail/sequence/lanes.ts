import type { Saga, StepDetail } from '@/lib/trpc.ts';
import type { IconName } from '@/ui/icon.tsx';

/** A lifeline: somebody who sends and receives. */
export interface Lane {
  readonly key: string;
  readonly name: string;
  readonly icon: IconName;
}

export const coordinator = 'coordinator';
export const api = 'api';
const ownCode = 'own code';

const icons: Readonly<Record<string, IconName>> = {
  order: 'receipt',
  inventory: 'box',
  payment: 'card',
  shipment: 'truck',
};

/** Who takes part: who directs or asks, then the services in the order of the steps. */
export function lanesOf(saga: Pick<Saga, 'style' | 'takenOver' | 'steps'>): readonly Lane[] {
  const isDirected = saga.style === 'orchestration' || saga.takenOver;
  const services = new Set(
    saga.steps.filter(({ kind }) => !isWait(kind)).map((step) => laneOf(step)),
  );
  return [
    ...(saga.style === 'choreography' ? [{ key: api, name: 'API', icon: 'cpu' as const }] : []),
    ...(isDirected ? [{ key: coordinator, name: 'Coordinator', icon: 'hub' as const }] : []),
    ...[...services].map((key) => ({ key, name: titled(key), icon: icons[key] ?? 'stack' })),
  ];
}

/** A step's lifeline: its service, the worker's own code, or for a wait the coordinator. */
export function laneOf({ kind, operation }: Pick<StepDetail, 'kind' | 'operation'>): string {
  if (isWait(kind)) return coordinator;
  return kind === 'operation' ? (operation.split('.')[0] ?? operation) : ownCode;
}

const isWait = (kind: StepDetail['kind']) => kind === 'sleep' || kind === 'signal';

const titled = (key: string) => `${key.charAt(0).toUpperCase()}${key.slice(1)}`;
