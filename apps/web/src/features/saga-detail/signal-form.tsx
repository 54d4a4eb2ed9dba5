'use client';

import { type FormEvent, useId, useState } from 'react';
import { skeletonOf } from '@/lib/skeleton.ts';
import { type Definition, type Saga, type StepDetail, useTRPCClient } from '@/lib/trpc.ts';
import { Card } from '@/ui/card.tsx';
import { Icon } from '@/ui/icon.tsx';
import { Until } from '@/ui/until.tsx';
import { readJson } from './settlement.ts';
import { type Choice, choicesOf } from './signal-words.ts';
import { useSagaMutation } from './use-act.ts';

interface SignalFormProps {
  readonly saga: Saga;
  readonly step: StepDetail;
  readonly signal: Definition['versions'][number]['signals'][number] | undefined;
}

/** Sends what the saga waits for. The payload begins as its schema's skeleton; the server checks it. */
export function SignalForm({ saga, step, signal }: SignalFormProps) {
  const id = useId();
  const client = useTRPCClient();
  const [skeleton] = useState(() => skeletonOf(signal?.payload));
  const [payload, setPayload] = useState(() => JSON.stringify(skeleton, null, 2));
  const [reason, setReason] = useState('');
  const send = useSagaMutation(
    saga,
    () => undefined,
    (value: unknown) =>
      client.sagas.signal.mutate({
        sagaId: saga.id,
        signal: step.name,
        payload: value,
        ...(reason.trim() && { reason: reason.trim() }),
      }),
  );
  const read = readJson(payload);
  const choices = choicesOf(skeleton);

  function submit(event: FormEvent) {
    event.preventDefault();
    if ('value' in read) send.mutate(read.value);
  }

  function answer({ field, value }: Choice) {
    if (!('value' in read)) return;
    const said = { ...(read.value as object), [field]: value };
    setPayload(JSON.stringify(said, null, 2));
    send.mutate(said);
  }

  return (
    <Card title={<>Waits for {step.name}</>} className="sig">
      <form onSubmit={submit}>
        <p className="note">
          {nextOf(saga, step)}
          {step.until && (
            <>
              {' '}
              Without it, it {signal?.onTimeout === 'continue' ? 'goes on' : 'turns back'} at{' '}
              <Until at={step.until} />.
            </>
          )}
        </p>
        <label className="lab" htmlFor={`${id}-payload`}>
          Payload
        </label>
        <textarea
          id={`${id}-payload`}
          className="input json"
          rows={Math.min(12, payload.split('\n').length)}
          spellCheck={false}
          value={payload}
          aria-invalid={'problem' in read}
          onChange={(event) => setPayload(event.target.value)}
        />
        {'problem' in read && <p className="note c-stuck">{read.problem}</p>}
        <label className="lab" htmlFor={`${id}-reason`}>
          Reason, for the audit log; may stay empty
        </label>
        <input
          id={`${id}-reason`}
          className="input"
          value={reason}
          maxLength={500}
          autoComplete="off"
          onChange={(event) => setReason(event.target.value)}
        />
        {send.error && (
          <p className="note c-stuck" role="alert">
            {send.error.message}
          </p>
        )}
        <div className="go">
          {choices.map((choice) => (
            <button
              key={choice.word}
              type="button"
              className={choice.value ? 'btn primary' : 'btn'}
              disabled={send.isPending || 'problem' in read}
              onClick={() => answer(choice)}
            >
              <Icon name={choice.value ? 'check' : 'cross'} />
              {choice.word}
            </button>
          ))}
          {choices.length === 0 && (
            <button
              type="submit"
              className="btn primary"
              disabled={send.isPending || 'problem' in read}
            >
              <Icon name="letter" />
              Send {step.name}
            </button>
          )}
        </div>
      </form>
    </Card>
  );
}

function nextOf({ steps }: Saga, { stage }: StepDetail): string {
  const following = steps.find((step) => step.stage > stage);
  return following ? `Once it comes, ${following.name} is next.` : 'It is the last thing to come.';
}
