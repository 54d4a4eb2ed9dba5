'use client';

import { useId } from 'react';
import type { Saga } from '@/lib/trpc.ts';
import { notDoneRefusal, type Settlement } from './settlement.ts';

interface SettleFieldsProps {
  readonly saga: Saga;
  readonly as: Settlement['as'];
  readonly output: string;
  readonly problem: string | undefined;
  readonly onAs: (as: Settlement['as']) => void;
  readonly onOutput: (output: string) => void;
}

/** What became of the step; for one that was done, what it would have answered. */
export function SettleFields({ saga, as, output, problem, onAs, onOutput }: SettleFieldsProps) {
  const id = useId();
  const refusal = notDoneRefusal(saga);
  const takesOutput = as === 'done' && saga.direction === 'action';
  return (
    <>
      <div className="settle" role="group" aria-label="What became of it">
        <button
          type="button"
          className="btn"
          aria-pressed={as === 'done'}
          onClick={() => onAs('done')}
        >
          It was done
        </button>
        <button
          type="button"
          className="btn"
          aria-pressed={as === 'not-done'}
          disabled={refusal !== undefined}
          onClick={() => onAs('not-done')}
        >
          It was not done
        </button>
      </div>
      {refusal && <p className="guard">{refusal}</p>}
      {takesOutput && (
        <>
          <h3>
            <label htmlFor={id}>Its output as JSON, if later steps need it</label>
          </h3>
          <textarea
            id={id}
            className="input json"
            rows={3}
            spellCheck={false}
            value={output}
            aria-invalid={problem !== undefined}
            onChange={(event) => onOutput(event.target.value)}
          />
          {problem && <p className="guard c-stuck">{problem}</p>}
        </>
      )}
    </>
  );
}
