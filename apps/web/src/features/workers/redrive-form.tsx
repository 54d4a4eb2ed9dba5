'use client';

import { type FormEvent, useId, useState } from 'react';
import { type Service, useRedrive, type Which } from './use-dead-letters.ts';

const reasonLengthMin = 3;

interface RedriveFormProps {
  readonly service: Service;
  readonly which: Which;
  /** Says how many letters will go. */
  readonly verb: string;
  readonly onClose: () => void;
}

/** The reason for the audit log; then, and only then, the act. */
export function RedriveForm({ service, which, verb, onClose }: RedriveFormProps) {
  const id = useId();
  const [reason, setReason] = useState('');
  const redrive = useRedrive(service, onClose);
  const isReady = reason.trim().length >= reasonLengthMin && !redrive.isPending;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isReady) redrive.mutate({ which, reason: reason.trim() });
  }

  return (
    <form className="redrive" onSubmit={submit}>
      <label htmlFor={id}>Reason, for the audit log</label>
      <div className="field">
        <input
          id={id}
          value={reason}
          maxLength={500}
          autoComplete="off"
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
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
