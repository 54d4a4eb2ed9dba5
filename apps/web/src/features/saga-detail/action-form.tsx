'use client';

import { type FormEvent, useState } from 'react';
import type { Saga, SagaEvent } from '@/lib/trpc.ts';
import { Icon } from '@/ui/icon.tsx';
import { isReason, ReasonField } from '@/ui/reason-field.tsx';
import { Preview } from './action-preview.tsx';
import { type ActionName, actionText } from './action-words.ts';
import { Meanwhile } from './meanwhile.tsx';
import { SettleFields } from './settle-fields.tsx';
import { readSettlement, type Settlement } from './settlement.ts';
import { useAct } from './use-act.ts';

const unguarded = new Set<ActionName>(['cancel', 'pause', 'resume']);

interface ActionFormProps {
  readonly saga: Saga;
  readonly events: readonly SagaEvent[];
  readonly action: ActionName;
  readonly onClose: () => void;
}

/** What it will send, the reason for the audit log, the guard; then, and only then, the act. */
export function ActionForm({ saga, events, action, onClose }: ActionFormProps) {
  const [reason, setReason] = useState('');
  const [as, setAs] = useState<Settlement['as']>('done');
  const [output, setOutput] = useState('');
  // The sequence seen when the form opened: if the saga moves on meanwhile, the act is refused.
  const [expectedSeq, setExpectedSeq] = useState(saga.seq);
  const act = useAct(saga, action, onClose);
  const settlement = readSettlement(as, output);
  const isWritten = isReason(reason) && !('problem' in settlement);
  const isReady = isWritten && !act.isPending;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isReady || 'problem' in settlement) return;
    act.mutate({ reason: reason.trim(), expectedSeq, settlement });
  }

  return (
    <form className="pv" onSubmit={submit}>
      {action === 'settle' && (
        <SettleFields
          saga={saga}
          as={as}
          output={output}
          problem={'problem' in settlement ? settlement.problem : undefined}
          onAs={setAs}
          onOutput={setOutput}
        />
      )}
      <Preview sagaId={saga.id} action={action} {...(action === 'settle' && { as })} />
      <ReasonField value={reason} onChange={setReason} />
      {!unguarded.has(action) && (
        <Meanwhile
          saga={saga}
          events={events}
          seenSeq={expectedSeq}
          onLookAgain={() => setExpectedSeq(saga.seq)}
        />
      )}
      {!unguarded.has(action) && (
        <p className="guard">
          <Icon name="shield" />
          <span>
            Applies only while the log ends at #{expectedSeq}. If the saga moves first, nothing is
            sent.
          </span>
        </p>
      )}
      <div className="go">
        <button type="submit" className="btn primary" disabled={!isReady}>
          {actionText(action, saga).verb}
        </button>
        <button type="button" className="btn ghost" onClick={onClose}>
          Close
        </button>
      </div>
    </form>
  );
}
