import { Countdown } from '@/features/sagas/countdown.tsx';
import { duration, millisBetween } from '@/lib/time/format.ts';
import type { StepDetail } from '@/lib/trpc.ts';
import { Icon } from '@/ui/icon.tsx';
import { type StepStatus, stepLook } from '@/ui/status.ts';
import { Mark } from '@/ui/status-mark.tsx';
import type { Attempt } from './attempts.ts';
import { effectWords } from './effect-words.ts';
import { OperationName } from './operation-name.tsx';
import { Pips } from './pips.tsx';
import type { Selection } from './selection.ts';

const classes: Readonly<Record<StepStatus, string>> = {
  pending: 'p',
  dispatched: 'r',
  waiting: 'w',
  succeeded: 'f',
  failed: 'x',
  unknown: 'u',
  skipped: 's',
};

interface ActionNodeProps {
  readonly step: StepDetail;
  readonly attempts: readonly Attempt[];
  readonly selection: Selection;
  readonly isOver: boolean;
}

export function ActionNode({ step, attempts, selection, isOver }: ActionNodeProps) {
  const isHot = selection.isHovered(step.name, 'action');
  const isSelected = attempts.some((attempt) => selection.isSelected(attempt));
  const isWaiting = step.status === 'waiting' && !isOver;
  return (
    <button
      type="button"
      className={`nd ${isOver && step.status === 'waiting' ? 'p' : classes[step.status]}${isSelected ? ' sel' : ''}${isHot ? ' hot' : ''}`}
      onPointerEnter={() => selection.hover({ step: step.name, way: 'action' })}
      onPointerLeave={() => selection.hover(undefined)}
      data-step={step.name}
      data-status={step.status}
      aria-pressed={isSelected}
      onClick={() => selection.select(step.name, 'action')}
    >
      <span className="hd">
        <Mark look={stepLook(step, isOver)} />
        <span className="d">
          {isWaiting && step.nextRetryAt ? <Countdown until={step.nextRetryAt} /> : took(attempts)}
        </span>
      </span>
      <OperationName name={step.operation} />
      <span className="ft">
        <Pips attempts={attempts} budget={isWaiting ? step.maxAttempts : 0} />
        <Footnote step={step} attempts={attempts} />
      </span>
    </button>
  );
}

function Footnote({ step, attempts }: { step: StepDetail; attempts: readonly Attempt[] }) {
  if (step.class === 'pivot' && step.status === 'pending') {
    return (
      <span className="tagp">
        <Icon name="diamond" />
        pivot
      </span>
    );
  }
  if (step.status === 'pending') return step.class === 'retriable' ? 'retriable, only forward' : '';
  if (step.status === 'waiting') return `${step.attempts} of ${step.maxAttempts}`;
  const last = attempts.at(-1);
  if (step.status === 'failed' && last?.error)
    return last.error.code.toLowerCase().replaceAll('_', ' ');
  if (step.byHand) return 'an operator’s word';
  if (last?.isDuplicate) return 'was there already';
  if (step.class !== 'pivot')
    return step.status === 'succeeded' ? effectWords(step.operation, step.output) : null;
  return (
    <span className="tagp">
      <Icon name="diamond" />
      pivot
    </span>
  );
}

/** From the first dispatch to the last answer. */
export function took(attempts: readonly Attempt[]): string {
  const first = attempts[0];
  const last = attempts.at(-1);
  return first && last?.endedAt ? duration(millisBetween(first.startedAt, last.endedAt)) : '';
}
