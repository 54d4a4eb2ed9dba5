'use client';

import './log.css';
import { useState } from 'react';
import { plural } from '@/lib/format.ts';
import { dueAt, duration, millisBetween } from '@/lib/time/format.ts';
import { useTimes } from '@/lib/time/times.tsx';
import type { Saga, SagaEvent } from '@/lib/trpc.ts';
import { Card } from '@/ui/card.tsx';
import { Moment, timesHeading } from '@/ui/moment.tsx';
import { Failure } from '@/ui/states.tsx';
import { Mark } from '@/ui/status-mark.tsx';
import { textOf } from './event-data.ts';
import { eventDetail, eventLook } from './log-words.ts';
import { operationName } from './looks.ts';
import type { Selection } from './selection.ts';

const shownOnSmallScreens = 8;

interface LogCardProps {
  readonly saga: Saga;
  readonly events: readonly SagaEvent[];
  readonly selection: Selection;
  readonly error: { message: string; data?: unknown } | null;
}

/** Every event, gapless; the one place that hides nothing. */
export function LogCard({ saga, events, selection, error }: LogCardProps) {
  const { mode } = useTimes();
  const [isWhole, setWhole] = useState(false);
  const earlier = events.length - shownOnSmallScreens;
  return (
    <Card title="Log" note={`${plural(events.length, 'event')}, gapless`}>
      {error && <Failure error={error} />}
      {earlier > 0 && !isWhole && (
        <button type="button" className="earlier" onClick={() => setWhole(true)}>
          Show {plural(earlier, 'earlier event')}
        </button>
      )}
      <table className="log dense">
        <thead>
          <tr>
            <th scope="col" className="n">
              #
            </th>
            <th scope="col" className="n">
              After
            </th>
            <th scope="col">{timesHeading[mode]}</th>
            <th scope="col">Event</th>
            <th scope="col">Step and attempt</th>
            <th scope="col">Detail</th>
            <th scope="col">By</th>
          </tr>
        </thead>
        <tbody>
          {events.map((event, index) => (
            <LogRow
              key={event.seq}
              saga={saga}
              event={event}
              isOld={!isWhole && index < earlier}
              isOn={
                selection.selected !== undefined &&
                event.seq === (selection.selected.endSeq ?? selection.selected.startSeq)
              }
            />
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function LogRow({
  saga,
  event,
  isOld,
  isOn,
}: {
  saga: Saga;
  event: SagaEvent;
  isOld: boolean;
  isOn: boolean;
}) {
  const { mode } = useTimes();
  const time = (at: string) =>
    dueAt(at, mode === 'local' ? 'local' : 'utc', { now: Date.parse(event.at), withSeconds: true });
  const classes = [isOld && 'old', isOn && 'on', event.type === 'CompensationStarted' && 'cut'];
  return (
    <tr
      id={`event-${event.seq}`}
      className={classes.filter(Boolean).join(' ')}
      data-type={event.type}
    >
      <td className="q">{event.seq}</td>
      <td className="rel">{duration(millisBetween(saga.createdAt, event.at))}</td>
      <td className="tm">
        <Moment at={event.at} />
      </td>
      <td className="ev nw">
        <Mark look={eventLook(event)} />
      </td>
      <td className="sp nw">
        {event.step && (
          <>
            <code className="op">{nameIn(saga, event)}</code>
            {event.attempt !== undefined && <span className="at">#{event.attempt}</span>}
          </>
        )}
      </td>
      <td className="de">{eventDetail(event, nameIn(saga, event), time)}</td>
      <td className="ac">{actorWord(event.actor)}</td>
    </tr>
  );
}

function nameIn(saga: Saga, event: SagaEvent): string {
  const step = saga.steps.find(({ name }) => name === event.step);
  const isBack =
    event.type.includes('ompensat') || textOf(event.data, 'direction') === 'compensation';
  return operationName(step, isBack ? 'compensation' : 'action', event.step ?? '');
}

/** A worker's id is long; its head tells it apart. */
export function actorWord(actor: string): string {
  return /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(actor) ? actor.slice(0, 8) : actor;
}
