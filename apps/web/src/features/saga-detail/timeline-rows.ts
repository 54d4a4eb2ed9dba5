import type { Saga } from '@/lib/trpc.ts';
import { type Look, isFinished, stepLook, undoLooks } from '@/ui/status.ts';
import type { Attempt } from './attempts.ts';
import { operationName } from './looks.ts';

export interface Row {
  readonly step: string;
  readonly way: Attempt['way'];
  readonly key: string;
  readonly name: string;
  readonly look: Look;
  readonly attempts: readonly Attempt[];
  /** What stands in the track of a row without attempts. */
  readonly idle: string;
}

/** Forward steps in their order, then the owed undos in theirs: last first. */
export function rowsOf(
  saga: Saga,
  attempts: readonly Attempt[],
): { forward: Row[]; backward: Row[] } {
  const of = (step: string, way: Attempt['way']) =>
    attempts.filter((attempt) => attempt.step === step && attempt.way === way);
  const isOver =
    isFinished(saga.status) || saga.steps.some(({ compensation }) => compensation !== undefined);
  const forward = saga.steps.map((step) => ({
    key: step.name,
    step: step.name,
    way: 'action' as const,
    name: step.operation,
    look: stepLook(step, isOver),
    attempts: of(step.name, 'action'),
    idle: 'not reached',
  }));
  const backward = saga.steps
    .filter(({ compensation }) => compensation)
    .map((step) => ({
      key: `${step.name} undo`,
      step: step.name,
      way: 'compensation' as const,
      name: operationName(step, 'compensation', step.name),
      look: undoLooks[step.compensation ?? 'owed'],
      attempts: of(step.name, 'compensation'),
      idle: 'owed',
    }))
    .reverse();
  return { forward, backward };
}
