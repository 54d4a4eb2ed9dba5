import type { Saga } from '@/lib/trpc.ts';
import { stepLook, undoLooks } from '@/ui/status.ts';
import { Mark } from '@/ui/status-mark.tsx';
import { operationName } from './looks.ts';
import type { Selection } from './selection.ts';

export function StepTable({ saga, selection }: { saga: Saga; selection: Selection }) {
  return (
    <div className="scroll" tabIndex={0} role="group" aria-label="Steps as a table">
      <table className="dense">
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Class</th>
            <th scope="col">Forward</th>
            <th scope="col" className="n">
              Attempts
            </th>
            <th scope="col">Counter-step</th>
            <th scope="col">Undo</th>
            <th scope="col" className="n">
              Attempts
            </th>
          </tr>
        </thead>
        <tbody>
          {saga.steps.map((step) => (
            <tr key={step.name}>
              <td>
                <button
                  type="button"
                  className="lk"
                  onClick={() => selection.select(step.name, 'action')}
                >
                  <code className="op">{step.operation}</code>
                </button>
              </td>
              <td className="mute">
                {step.class === 'wait' ? step.kind : step.class}
                {step.group && `, group ${step.group.name}`}
              </td>
              <td>
                <Mark look={stepLook(step)} />
              </td>
              <td className="n">
                {step.class !== 'wait' && `${step.attempts} of at most ${step.maxAttempts}`}
              </td>
              <td>
                {step.counterOperation ? (
                  <code className="op">{operationName(step, 'compensation', step.name)}</code>
                ) : (
                  <span className="mute">none</span>
                )}
              </td>
              <td>
                {step.compensation ? (
                  <Mark look={undoLooks[step.compensation]} />
                ) : (
                  <span className="mute">not owed</span>
                )}
              </td>
              <td className="n">{step.counterOperation ? step.compensationAttempts : ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
