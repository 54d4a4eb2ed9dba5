import './flow.css';
import { type CSSProperties, type ReactNode, useMemo } from 'react';
import type { Flow } from '@/lib/trpc.ts';
import { Icon, type IconName } from '@/ui/icon.tsx';
import { EventName } from './event-name.tsx';
import type { Label, Line, Point } from './layout.ts';
import { layoutTall } from './layout-tall.ts';
import { layoutWide } from './layout-wide.ts';
import { type FlowStep, placesOf } from './places.ts';
import { useIsWide } from './use-is-wide.ts';

/** Whether an event has been told; `undefined` where a flow is shown at rest. */
export type IsTold = (event: string, from: string | undefined) => boolean | undefined;

interface FlowDiagramProps {
  readonly flow: Flow;
  readonly isTold: IsTold;
  readonly isPast: boolean | undefined;
  /** Of a service with its name above it, in px: what `renderStep` fills. */
  readonly boxHeight: number;
  readonly renderStep: (step: FlowStep) => ReactNode;
  /** Words beneath an event, for instance when and why a saga turned there. */
  readonly noteOf?: (event: string, from: string | undefined) => string | undefined;
}

const serviceIcons: Readonly<Record<string, IconName>> = {
  order: 'receipt',
  inventory: 'box',
  payment: 'card',
  shipment: 'truck',
};

/** Services as boxes and events as arrows between them: forward above, the way back beneath. */
export function FlowDiagram(props: FlowDiagramProps) {
  const { flow, isTold, isPast, boxHeight, renderStep, noteOf } = props;
  const isWide = useIsWide();
  const layout = useMemo(() => {
    const places = placesOf(flow);
    return isWide ? layoutWide(places, boxHeight) : layoutTall(places, boxHeight);
  }, [flow, isWide, boxHeight]);
  const { height, boxes, lines, labels, lanes, rule, pivot } = layout;
  const columns = new Set(boxes.map(({ x }) => x)).size;
  const shape = { height, '--cols': columns } as CSSProperties;
  return (
    <div className="flow-scroll">
      <div
        className={isWide ? 'flow wide' : 'flow tall'}
        style={shape}
        role="group"
        aria-label="Services and the events between them"
      >
        <p className="flane" style={place(lanes.forward)}>
          Forward <Icon name="right" />
        </p>
        <p className="flane back" style={place(lanes.back)}>
          <Icon name="left" /> Way back
        </p>
        {rule && <NoReturn at={rule.at} isUpright={rule.isUpright} isPast={isPast} />}
        <svg viewBox={`0 0 100 ${height}`} preserveAspectRatio="none" aria-hidden="true">
          {lines.map((line) => (
            <polyline
              key={keyOf(line)}
              className={lineClass(line, isTold)}
              points={line.points.map(({ x, y }) => `${x},${y}`).join(' ')}
            />
          ))}
        </svg>
        {lines.map((line) => (
          <Head key={keyOf(line)} line={line} className={lineClass(line, isTold)} />
        ))}
        {boxes.map(({ node, x, y, width }) => (
          <div
            key={node.id}
            className={`svc ${node.way}`}
            style={{ ...place({ x, y }), width: `${width}%`, height: boxHeight }}
          >
            <p>
              <Icon name={serviceIcons[node.service] ?? 'hub'} />
              <span>{node.service}</span>
            </p>
            {renderStep(node)}
          </div>
        ))}
        {pivot && (
          <p className="fnone" style={{ ...place(pivot), width: `${pivot.width}%` }}>
            No counter-step. Once it commits, the saga can only go forward.
          </p>
        )}
        {labels.map((label) => (
          <EventLabel
            key={`${label.event.id} ${label.from}`}
            label={label}
            isTold={isTold}
            note={noteOf?.(label.event.type, label.from)}
          />
        ))}
      </div>
    </div>
  );
}

const place = ({ x, y }: Point): CSSProperties => ({ left: `${x}%`, top: y });

const keyOf = ({ event, from, points }: Line): string =>
  `${event.id} ${from} ${points.at(-1)?.x} ${points.at(-1)?.y}`;

function lineClass({ event, from }: Pick<Line, 'event' | 'from'>, isTold: IsTold): string {
  const told = isTold(event.type, from);
  return `${event.way}${told === undefined ? '' : told ? ' told' : ' untold'}`;
}

function Head({ line, className }: { line: Line; className: string }) {
  const tip = line.points.at(-1);
  return tip ? <i className={`fhd ${line.head} ${className}`} style={place(tip)} /> : null;
}

interface EventLabelProps {
  readonly label: Label;
  readonly isTold: IsTold;
  readonly note: string | undefined;
}

function EventLabel({ label, isTold, note }: EventLabelProps) {
  const { event, at, side } = label;
  return (
    <span
      className={`fev ${side} ${lineClass(label, isTold)}`}
      style={place(at)}
      data-event={event.type}
      data-told={isTold(event.type, label.from)}
    >
      <EventName type={event.type} />
      {note && <small>{note}</small>}
    </span>
  );
}

interface NoReturnProps {
  readonly at: Point;
  readonly isUpright: boolean;
  readonly isPast: boolean | undefined;
}

function NoReturn({ at, isUpright, isPast }: NoReturnProps) {
  const word = isPast === undefined ? '' : isPast ? ', passed' : ', not reached';
  return (
    <div
      className={`fnr${isUpright ? ' up' : ''}${isPast === true ? ' past' : ''}`}
      style={place(at)}
    >
      <span>point of no return{word}</span>
    </div>
  );
}
