import type { CSSProperties } from 'react';
import { Countdown } from '@/features/sagas/countdown.tsx';
import { duration, millisBetween } from '@/lib/time/format.ts';
import type { StepDetail } from '@/lib/trpc.ts';
import { Icon } from '@/ui/icon.tsx';
import { type StepStatus, stepLooks } from '@/ui/status.ts';
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
  readonly style: CSSProperties;
  readonly attempts: readonly Attempt[];
  readonly next: StepDetail | undefined;
  readonly selection: Selection;
}

export function ActionNode({ step, style, attempts, next, selection }: ActionNodeProps) {
  const isSelected = attempts.some((attempt) => selection.isSelected(attempt));
  const reachesNext = next !== undefined && next.status !== 'pending';
  return (
    <button
      type="button"
      className={`nd fw ${classes[step.status]}${isSelected ? ' sel' : ''}`}
      style={style}
      data-step={step.name}
      data-status={step.status}
      aria-pressed={isSelected}
      onClick={() => selection.select(step.name, 'action')}
    >
      <span className="hd">
        <Mark look={stepLooks[step.status]} />
        <span className="d">
          {step.status === 'waiting' && step.nextRetryAt ? (
            <Countdown until={step.nextRetryAt} />
          ) : (
            took(attempts)
          )}
        </span>
      </span>
      <OperationName name={step.operation} />
      <span className="ft">
        <Pips attempts={attempts} budget={step.status === 'waiting' ? step.maxAttempts : 0} />
        <Footnote step={step} attempts={attempts} />
      </span>
      {next && <i className={reachesNext ? 'cx' : 'cx dash'} />}
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
