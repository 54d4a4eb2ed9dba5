'use client';

import { type FormEvent, useState } from 'react';
import { isReason, ReasonField } from '@/ui/reason-field.tsx';
import { type Service, useRedrive, type Which } from './use-dead-letters.ts';

interface RedriveFormProps {
  readonly service: Service;
  readonly which: Which;
  /** Says how many letters will go. */
  readonly verb: string;
  readonly onClose: () => void;
}

/** The reason for the audit log; then, and only then, the act. */
export function RedriveForm({ service, which, verb, onClose }: RedriveFormProps) {
  const [reason, setReason] = useState('');
  const redrive = useRedrive(service, onClose);
  const isReady = isReason(reason) && !redrive.isPending;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isReady) redrive.mutate({ which, reason: reason.trim() });
  }

  return (
    <form className="redrive" onSubmit={submit}>
      <ReasonField value={reason} onChange={setReason} />
      <div className="go">
        <button type="submit" className="btn primary" disabled={!isReady}>
          {verb}
        </button>
        <button type="button" className="btn ghost" onClick={onClose}>
          Close
        </button>
      </div>
    </form>
  );
}
