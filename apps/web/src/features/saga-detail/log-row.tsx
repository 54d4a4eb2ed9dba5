import type { RefCallback } from 'react';
import { dueAt, duration, millisBetween } from '@/lib/time/format.ts';
import { useTimes } from '@/lib/time/times.tsx';
import type { Saga, SagaEvent } from '@/lib/trpc.ts';
import { Moment } from '@/ui/moment.tsx';
import { Mark } from '@/ui/status-mark.tsx';
import { actorWord } from './actor-word.ts';
import type { Attempt } from './attempts.ts';
import { nameIn, wayOf } from './log-names.ts';
import { eventDetail, eventLook } from './log-words.ts';
import type { Selection } from './selection.ts';

interface LogRowProps {
  readonly saga: Saga;
  readonly event: SagaEvent;
  readonly index: number;
  readonly attempts: readonly Attempt[];
  readonly selection: Selection;
  readonly isOld: boolean;
  /** An address points at it. */
  readonly isLinked: boolean;
  readonly measure?: RefCallback<Element>;
}

export function LogRow(props: LogRowProps) {
  const { saga, event, index, attempts, selection, isOld, isLinked, measure } = props;
  const { mode } = useTimes();
  const time = (at: string) =>
    dueAt(at, mode === 'local' ? 'local' : 'utc', { now: Date.parse(event.at), withSeconds: true });
  const way = wayOf(event);
  const { selected } = selection;
  const isOn = selected !== undefined && event.seq === (selected.endSeq ?? selected.startSeq);
  const classes = [
    isOld && 'old',
    isLinked && 'linked',
    isOn && 'on',
    event.step && selection.isHovered(event.step, way) && 'hot',
    event.type === 'CompensationStarted' && 'cut',
  ];
  const attempt = attempts.findLast(
    (each) => each.step === event.step && each.way === way && each.startSeq <= event.seq,
  );
  return (
    <tr
      ref={measure}
      id={`event-${event.seq}`}
      data-index={index}
      aria-rowindex={event.seq + 1}
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
