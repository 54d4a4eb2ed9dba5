import { Countdown } from '@/features/sagas/countdown.tsx';
import { plural } from '@/lib/format.ts';
import type { StepDetail } from '@/lib/trpc.ts';
import { type Look, type UndoStatus, undoLooks } from '@/ui/status.ts';
import { Mark } from '@/ui/status-mark.tsx';
import type { Attempt } from './attempts.ts';
import { effectWords } from './effect-words.ts';
import { took } from './graph-action-node.tsx';
import { operationName } from './looks.ts';
import { OperationName } from './operation-name.tsx';
import { Pips } from './pips.tsx';
import type { Selection } from './selection.ts';

const classes: Readonly<Record<UndoStatus, string>> = {
  owed: 'o',
  compensating: 'br',
  'compensation-waiting': 'w',
  compensated: 'b',
  'null-compensated': 'b',
  'compensation-failed': 'x',
  'compensation-skipped': 's',
};

const notOwed: Look = { icon: 'ring', word: 'Not owed', tone: 'mute' };

interface UndoNodeProps {
  readonly step: StepDetail;
  readonly attempts: readonly Attempt[];
  readonly hasTurned: boolean;
  readonly selection: Selection;
}

export function UndoNode({ step, attempts, hasTurned, selection }: UndoNodeProps) {
  const status = step.compensation;
  const isHot = selection.isHovered(step.name, 'compensation');
  const isSelected = attempts.some((attempt) => selection.isSelected(attempt));
  return (
    <button
      type="button"
      className={`nd ${status ? classes[status] : 'p'}${isSelected ? ' sel' : ''}${isHot ? ' hot' : ''}`}
      onPointerEnter={() => selection.hover({ step: step.name, way: 'compensation' })}
      onPointerLeave={() => selection.hover(undefined)}
      data-undo={step.name}
      data-status={status ?? 'not-owed'}
      aria-pressed={isSelected}
      aria-disabled={attempts.length === 0}
      onClick={() => attempts.length > 0 && selection.select(step.name, 'compensation')}
    >
      <span className="hd">
        <Mark look={status ? undoLooks[status] : notOwed} />
        <span className="d">
          {status === 'compensation-waiting' && step.nextRetryAt ? (
            <Countdown until={step.nextRetryAt} />
          ) : (
            took(attempts)
          )}
        </span>
      </span>
      <OperationName name={operationName(step, 'compensation', step.name)} />
      <span className="ft">
        <Pips attempts={attempts} budget={0} />
        {footnote(step, hasTurned)}
      </span>
    </button>
  );
}

function footnote(step: StepDetail, hasTurned: boolean): string {
  const {
    compensation,
    status,
    compensationAttempts,
    maxCompensationAttempts,
    counterOperation,
    output,
  } = step;
  if (compensation === 'compensation-waiting') {
    return `${compensationAttempts} of ${maxCompensationAttempts}`;
  }
  if (compensation === 'compensation-failed') return plural(compensationAttempts, 'attempt');
  if (compensation === 'owed') return 'follows';
  if (compensation === 'compensated') return effectWords(counterOperation ?? '', output);
  if (compensation) return '';
  if (!hasTurned) return 'only if it turns back';
  return status === 'pending' ? 'was never reached' : 'had no effect';
}
