import { Countdown } from '@/features/sagas/countdown.tsx';
import type { StepDetail } from '@/lib/trpc.ts';
import { stepLook } from '@/ui/status.ts';
import { Mark } from '@/ui/status-mark.tsx';
import { Until } from '@/ui/until.tsx';
import type { Attempt } from './attempts.ts';
import { took } from './graph-action-node.tsx';
import type { Selection } from './selection.ts';

interface WaitNodeProps {
  readonly step: StepDetail;
  readonly attempts: readonly Attempt[];
  readonly selection: Selection;
  readonly isOver: boolean;
}

/** A wait does nothing, so it is quieter than a step: no edge, a round end, and when it ends. */
export function WaitNode({ step, attempts, selection, isOver }: WaitNodeProps) {
  const isSelected = attempts.some((attempt) => selection.isSelected(attempt));
  const isWaiting = step.status === 'waiting' && !isOver;
  return (
    <button
      type="button"
      className={`nd q${isWaiting ? ' on' : ''}${isSelected ? ' sel' : ''}`}
      data-step={step.name}
      data-status={step.status}
      aria-pressed={isSelected}
      aria-disabled={attempts.length === 0}
      onClick={() => attempts.length > 0 && selection.select(step.name, 'action')}
    >
      <span className="hd">
        <Mark look={stepLook(step, isOver)} />
        <span className="d">{!isWaiting && took(attempts)}</span>
      </span>
      <code className="op nm">{step.name}</code>
      <span className="ft">{isWaiting ? <Ends step={step} /> : idle(step)}</span>
    </button>
  );
}

function Ends({ step: { kind, name, until } }: { step: StepDetail }) {
  if (kind === 'sleep') return until ? <Countdown until={until} /> : null;
  return (
    <span>
      waits for {name}
      {until && (
        <>
          , until <Until at={until} />
        </>
      )}
    </span>
  );
}

function idle({ kind, status, error }: StepDetail): string {
  if (error) return error.message;
  if (status !== 'pending') return '';
  return kind === 'sleep' ? 'sleeps' : 'waits for a signal';
}
