import type { StepMetrics } from '@/lib/trpc.ts';
import { Icon } from '@/ui/icon.tsx';

export function StepName({ step }: { step: StepMetrics }) {
  const isBack = step.direction === 'compensation';
  return (
    <span className={isBack ? 'mname c-back' : 'mname'}>
      <Icon name={isBack ? 'left' : 'right'} label={isBack ? 'back' : 'forward'} />
      <code className="op">{nameOf(step)}</code>
    </span>
  );
}

/** A plain function has no operation name of its own on the way back. */
const nameOf = ({ step, direction, operation }: StepMetrics): string =>
  operation && !operation.endsWith(':undo')
    ? operation
    : direction === 'compensation'
      ? `undo of ${step}`
      : step;
