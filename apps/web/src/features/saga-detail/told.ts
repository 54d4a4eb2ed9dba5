import type { IsTold } from '@/features/flow/flow-diagram.tsx';
import type { Flow, Saga } from '@/lib/trpc.ts';

/** Which events of its flow a saga has seen, read from what became of the steps that emit them. */
export function toldBy(saga: Saga, flow: Flow, hasTurned: boolean): IsTold {
  return (type, from) => {
    const role = flow.events.find((event) => event.type === type)?.role;
    if (role === 'start') return true;
    const emitter = flow.steps.find(({ id }) => id === from);
    const step = saga.steps.find(({ name }) => name === emitter?.step);
    if (!step) return false;
    switch (role) {
      case 'applied':
        return step.status === 'succeeded';
      case 'rejected':
        return step.status === 'failed' && hasTurned;
      case 'compensated':
        return step.compensation === 'compensated' || step.compensation === 'null-compensated';
      case undefined:
        return false;
    }
  };
}
