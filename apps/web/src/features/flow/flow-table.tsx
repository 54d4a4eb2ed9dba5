import type { ReactNode } from 'react';
import type { Flow } from '@/lib/trpc.ts';
import type { IsTold } from './flow-diagram.tsx';
import type { FlowStep } from './places.ts';

interface FlowTableProps {
  readonly flow: Flow;
  readonly isTold: IsTold;
  /** What became of a step; absent where a flow is shown at rest. */
  readonly renderStatus?: (step: FlowStep) => ReactNode;
  readonly onSelect?: (step: FlowStep) => void;
}

/** The diagram's twin: a row for each reaction. */
export function FlowTable({ flow, isTold, renderStatus, onSelect }: FlowTableProps) {
  return (
    <div className="scroll-x" tabIndex={0} role="group" aria-label="Reactions as a table">
      <table className="dense">
        <thead>
          <tr>
            <th scope="col">Reacts to</th>
            <th scope="col">Service</th>
            <th scope="col">Operation</th>
            <th scope="col">Way</th>
            {renderStatus && <th scope="col">Status</th>}
            <th scope="col">When applied</th>
            <th scope="col">When rejected</th>
          </tr>
        </thead>
        <tbody>
          {flow.steps.map((step) => (
            <tr key={step.id}>
              <td>
                <Events flow={flow} step={step} edge="triggers" isTold={isTold} />
              </td>
              <td>{step.service}</td>
              <td>
                <Operation step={step} {...(onSelect && { onSelect })} />
              </td>
              <td className="mute">{step.way === 'back' ? 'back' : step.class}</td>
              {renderStatus && <td>{renderStatus(step)}</td>}
              <td>
                <Events flow={flow} step={step} edge="emits" isTold={isTold} />
              </td>
              <td>
                <Events flow={flow} step={step} edge="rejects" isTold={isTold} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Operation({ step, onSelect }: { step: FlowStep; onSelect?: (step: FlowStep) => void }) {
  const name = <code className="op">{step.operation}</code>;
  if (!onSelect) return name;
  return (
    <button type="button" className="lk" onClick={() => onSelect(step)}>
      {name}
    </button>
  );
}

interface EventsProps {
  readonly flow: Flow;
  readonly step: FlowStep;
  readonly edge: Flow['edges'][number]['kind'];
  readonly isTold: IsTold;
}

/** Events of one kind at one step; those that were told are marked as such. */
function Events({ flow, step, edge, isTold }: EventsProps) {
  const ids = flow.edges
    .filter((each) => each.kind === edge && (edge === 'triggers' ? each.to : each.from) === step.id)
    .map(({ from, to }) => (edge === 'triggers' ? from : to));
  const events = flow.events.filter(({ id }) => ids.includes(id));
  if (events.length === 0) return <span className="mute">none</span>;
  return events.map(({ id, type }, index) => {
    const emitters = edge === 'triggers' ? emittersOf(flow, id) : [step.id];
    const told = emitters.map((from) => isTold(type, from));
    const tone = told.every((each) => each === false) ? 'mute' : undefined;
    return (
      <span key={id} className={tone}>
        {index > 0 && ', '}
        {type}
        {told.includes(true) && <span className="vh"> (told)</span>}
      </span>
    );
  });
}

function emittersOf(flow: Flow, event: string): readonly (string | undefined)[] {
  const emitters = flow.edges.filter(({ to }) => to === event).map(({ from }) => from);
  return emitters.length > 0 ? emitters : [undefined];
}
