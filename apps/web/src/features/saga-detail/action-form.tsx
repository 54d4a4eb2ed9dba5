'use client';

import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { type Saga, useTRPC } from '@/lib/trpc.ts';
import { Icon } from '@/ui/icon.tsx';
import { Failure } from '@/ui/states.tsx';
import { type ActionName, actionText } from './action-words.ts';
import { useAct } from './use-act.ts';

const guarded = new Set<ActionName>(['retry', 'skip', 'resolve', 'takeOver']);
const reasonLengthMin = 3;

interface ActionFormProps {
  readonly saga: Saga;
  readonly action: ActionName;
  readonly onClose: () => void;
}

/** What it will send, the reason for the audit log, the guard; then, and only then, the act. */
export function ActionForm({ saga, action, onClose }: ActionFormProps) {
  const trpc = useTRPC();
  const id = useId();
  const [reason, setReason] = useState('');
  // The sequence seen when the form opened: if the saga moves on meanwhile, the act is refused.
  const [expectedSeq] = useState(saga.seq);
  const preview = useQuery(trpc.sagas.preview.queryOptions({ sagaId: saga.id, action }));
  const act = useAct(saga, action, onClose);
  const isReady = reason.trim().length >= reasonLengthMin && !act.isPending;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isReady) act.mutate({ reason: reason.trim(), expectedSeq });
  }

  return (
    <form className="pv" onSubmit={submit}>
      <h3>Will send</h3>
      {preview.isPending && <div className="cmd mute">reading…</div>}
      {preview.error && <Failure error={preview.error} retry={() => void preview.refetch()} />}
      {preview.data?.commands.map(({ operation, direction, step, attempt }) => (
        <div key={`${step}/${direction}`} className="cmd">
          <code className="op">{operation}</code>{' '}
          <span className="mute">attempt {attempt}, same key</span>
        </div>
      ))}
      {preview.data && preview.data.commands.length === 0 && (
        <div className="cmd mute">nothing at once</div>
      )}
      {preview.data && <p className="guard">{preview.data.note}</p>}
      <h3>
        <label htmlFor={id}>Reason, for the audit log</label>
      </h3>
      <div className="field">
        <input
          id={id}
          value={reason}
          maxLength={500}
          autoComplete="off"
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
      {guarded.has(action) && (
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
