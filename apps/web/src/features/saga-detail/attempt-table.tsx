import { duration, millisBetween } from '@/lib/time/format.ts';
import type { Saga } from '@/lib/trpc.ts';
import { Mark } from '@/ui/status-mark.tsx';
import type { Attempt } from './attempts.ts';
import { operationName, outcomeLook } from './looks.ts';
import type { Selection } from './selection.ts';

interface AttemptTableProps {
  readonly saga: Saga;
  readonly attempts: readonly Attempt[];
  readonly selection: Selection;
}

/** The timeline's twin: one row per attempt, with the gap before the next one. */
export function AttemptTable({ saga, attempts, selection }: AttemptTableProps) {
  return (
    <div className="scroll" tabIndex={0} role="group" aria-label="Attempts as a table">
      <table className="dense">
        <thead>
          <tr>
            <th scope="col">Attempt</th>
            <th scope="col">Outcome</th>
            <th scope="col" className="n">
              Began after
            </th>
            <th scope="col" className="n">
              Took
            </th>
            <th scope="col" className="n">
              Back-off
            </th>
          </tr>
        </thead>
        <tbody>
          {attempts.map((attempt) => {
            const { step, way, number, startedAt, endedAt } = attempt;
            const shape = saga.steps.find(({ name }) => name === step);
            return (
              <tr key={attempt.startSeq} className={selection.isSelected(attempt) ? 'on' : ''}>
                <td className="nw">
                  <button
                    type="button"
                    className="lk"
                    onClick={() => selection.select(step, way, number)}
                  >
                    <code className="op">{operationName(shape, way, step)}</code> #{number}
                  </button>
                </td>
                <td className="nw">
                  <Mark look={outcomeLook(attempt)} />
                </td>
                <td className="n">{duration(millisBetween(saga.createdAt, startedAt))}</td>
                <td className="n">
                  {endedAt ? duration(millisBetween(startedAt, endedAt)) : 'under way'}
                </td>
                <td className="n">{gapAfter(attempt, attempts)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** From its end to the start of the next attempt of the same, or to when that is due. */
function gapAfter(attempt: Attempt, attempts: readonly Attempt[]): string {
  const { endedAt, retryAt } = attempt;
  const next = attempts.find(
    ({ step, way, startSeq }) =>
      step === attempt.step && way === attempt.way && startSeq > attempt.startSeq,
  );
  const until = next?.startedAt ?? retryAt;
  return endedAt && until ? duration(millisBetween(endedAt, until)) : '';
}
