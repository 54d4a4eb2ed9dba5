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
import { actorWord } from './actor-word.ts';
import type { Attempt } from './attempts.ts';
import { nameIn, wayOf } from './log-names.ts';
import { eventDetail, eventLook } from './log-words.ts';
import type { Selection } from './selection.ts';

const shownOnSmallScreens = 8;

interface LogCardProps {
  readonly saga: Saga;
  readonly events: readonly SagaEvent[];
  readonly attempts: readonly Attempt[];
  readonly selection: Selection;
  /** On its own tab it is shown from its first event on. */
  readonly isWhole: boolean;
  readonly error: { message: string; data?: unknown } | null;
}

/** Every event, gapless; the one place that hides nothing. */
export function LogCard(props: LogCardProps) {
  const { saga, events, attempts, selection, error } = props;
  const { mode } = useTimes();
  const [isOpened, setOpened] = useState(false);
  const isWhole = props.isWhole || isOpened;
  const earlier = events.length - shownOnSmallScreens;
  return (
    <Card title="Log" note={`${plural(events.length, 'event')}, gapless`}>
      {error && <Failure error={error} />}
      {earlier > 0 && !isWhole && (
        <button type="button" className="earlier" onClick={() => setOpened(true)}>
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
              attempts={attempts}
              selection={selection}
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

interface LogRowProps {
  readonly saga: Saga;
  readonly event: SagaEvent;
  readonly attempts: readonly Attempt[];
  readonly selection: Selection;
  readonly isOld: boolean;
  readonly isOn: boolean;
}

function LogRow({ saga, event, attempts, selection, isOld, isOn }: LogRowProps) {
  const { mode } = useTimes();
  const time = (at: string) =>
    dueAt(at, mode === 'local' ? 'local' : 'utc', { now: Date.parse(event.at), withSeconds: true });
  const way = wayOf(event);
  const classes = [
    isOld && 'old',
    isOn && 'on',
    event.step && selection.isHovered(event.step, way) && 'hot',
    event.type === 'CompensationStarted' && 'cut',
  ];
  const attempt = attempts.findLast(
    (each) => each.step === event.step && each.way === way && each.startSeq <= event.seq,
  );
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
            {attempt ? (
              <button
                type="button"
                className="lk plain"
                onClick={() => selection.select(attempt.step, way, attempt.number)}
              >
                <code className="op">{nameIn(saga, event)}</code>
              </button>
            ) : (
              <code className="op">{nameIn(saga, event)}</code>
            )}
            {event.attempt !== undefined && <span className="at">#{event.attempt}</span>}
          </>
        )}
      </td>
      <td className="de">{eventDetail(event, nameIn(saga, event), time)}</td>
      <td className="ac">{actorWord(event.actor)}</td>
    </tr>
  );
}
