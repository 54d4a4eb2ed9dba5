import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { count, plural } from '@/lib/format.ts';
import { Icon } from '@/ui/icon.tsx';
import { isReason, ReasonField } from '@/ui/reason-field.tsx';
import { Failure } from '@/ui/states.tsx';
import { BulkOutcome } from './bulk-outcome.tsx';
import { BulkPlanned } from './bulk-planned.tsx';
import { type BulkAction, bulkWords } from './bulk-words.ts';
import { bulkMax, type BulkQuestion, useBulkAct, useBulkPlan } from './use-bulk.ts';
import type { Filter } from './use-filter.ts';

interface BulkDialogProps {
  readonly action: BulkAction;
  readonly filter: Filter;
  /** `acted`: something was sent, so the list has changed. */
  readonly onClose: (acted: boolean) => void;
}

/** What will happen, the reason for the log of each saga, then the act, then what became of each. */
export function BulkDialog({ action, filter, onClose }: BulkDialogProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [reason, setReason] = useState('');
  const [as, setAs] = useState<'done' | 'not-done'>('done');
  const question: BulkQuestion = { action, ...(action === 'settle' && { as }) };
  const plan = useBulkPlan(filter, question);
  const { progress, run, stop } = useBulkAct(question);
  const { verb, past, note } = bulkWords[action];
  const number = plan.data?.targets.length ?? 0;
  const isReady = isReason(reason) && number > 0 && !plan.isFetching;
  useEffect(() => dialog.current?.showModal(), []);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isReady && plan.data) void run(plan.data.targets, reason.trim());
  }

  return (
    <dialog
      ref={dialog}
      className="bulk-dialog"
      aria-labelledby={`${id}-title`}
      onClose={() => onClose(progress.phase !== 'asked')}
    >
      <form onSubmit={submit}>
        <h2 id={`${id}-title`}>
          {verb} {plan.data ? plural(number + plan.data.refused.length, 'saga') : 'these sagas'}
        </h2>
        {progress.phase === 'asked' ? (
          <>
            {action === 'settle' && <SettleChoice as={as} onAs={setAs} />}
            {plan.error && <Failure error={plan.error} retry={() => void plan.refetch()} />}
            {plan.isPending && !plan.error && <p className="mute">Looking at each of them…</p>}
            {plan.data && <BulkPlanned plan={plan.data} past={past} note={note} />}
            {plan.data?.hasMore && (
              <p className="guard">
                The view finds more than {count(bulkMax)}. Do the rest after these.
              </p>
            )}
            <ReasonField
              label="Reason, for the log of each saga"
              value={reason}
              onChange={setReason}
            />
            <p className="guard">
              <Icon name="shield" />
              <span>One that moves on before its turn is left alone, and you are told.</span>
            </p>
          </>
        ) : (
          <BulkOutcome progress={progress} total={number} past={past} />
        )}
        <div className="go">
          {progress.phase === 'asked' && (
            <button type="submit" className="btn primary" disabled={!isReady}>
              {verb} {count(number)}
            </button>
          )}
          {progress.phase === 'running' && (
            <button type="button" className="btn" onClick={stop}>
              Stop after these
            </button>
          )}
          <button
            type="button"
            className="btn ghost"
            disabled={progress.phase === 'running'}
            onClick={() => dialog.current?.close()}
          >
            Close
          </button>
        </div>
      </form>
    </dialog>
  );
}

interface SettleChoiceProps {
  readonly as: 'done' | 'not-done';
  readonly onAs: (as: 'done' | 'not-done') => void;
}

function SettleChoice({ as, onAs }: SettleChoiceProps) {
  return (
    <div className="seg sm" role="group" aria-label="What became of the step">
      <button type="button" aria-pressed={as === 'done'} onClick={() => onAs('done')}>
        It was done
      </button>
      <button type="button" aria-pressed={as === 'not-done'} onClick={() => onAs('not-done')}>
        It was not done
      </button>
    </div>
  );
}
