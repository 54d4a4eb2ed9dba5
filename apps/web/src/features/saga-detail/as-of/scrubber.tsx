'use client';

import './scrubber.css';
import { duration, millisBetween } from '@/lib/time/format.ts';
import type { Saga, SagaEvent } from '@/lib/trpc.ts';
import { Icon } from '@/ui/icon.tsx';
import { nameIn } from '../log-names.ts';
import { eventLook } from '../log-words.ts';
import { useReplay } from './replay.ts';
import type { AsOfMoment } from './use-as-of.ts';

interface ScrubberProps {
  readonly saga: Saga;
  readonly events: readonly SagaEvent[];
  readonly moment: AsOfMoment;
}

/** Goes through the log event by event; every pane below shows the saga as it was then. */
export function Scrubber({ saga, events, moment }: ScrubberProps) {
  const last = events.at(-1);
  const { isPlaying, play, stop } = useReplay(events, moment);
  if (!last) return null;
  const shown = moment.event ?? last;
  const goTo = (seq: number) => {
    stop();
    moment.goTo(seq);
  };
  return (
    <div className={moment.event ? 'scrub past' : 'scrub'} role="group" aria-label="Moment shown">
      <button
        type="button"
        className="ib"
        aria-label={isPlaying ? 'Stop the replay' : 'Replay from the start'}
        onClick={isPlaying ? stop : play}
      >
        <Icon name={isPlaying ? 'pause' : 'play'} />
      </button>
      <button
        type="button"
        className="ib"
        aria-label="One event back"
        disabled={shown.seq <= 1}
        onClick={() => goTo(shown.seq - 1)}
      >
        <Icon name="chevronLeft" />
      </button>
      <input
        type="range"
        min={1}
        max={last.seq}
        step={1}
        value={shown.seq}
        aria-label="Event up to which the saga is shown"
        aria-valuetext={sayMoment(saga, shown, last.seq)}
        onChange={(event) => goTo(Number(event.target.value))}
      />
      <button
        type="button"
        className="ib"
        aria-label="One event on"
        disabled={shown.seq >= last.seq}
        onClick={() => goTo(shown.seq + 1)}
      >
        <Icon name="chevronRight" />
      </button>
      <span className="where">
        <b>
          #{shown.seq} of {last.seq}
        </b>{' '}
        {duration(millisBetween(saga.createdAt, shown.at))}
      </span>
      <button
        type="button"
        className="btn sm live-again"
        aria-pressed={!moment.event}
        onClick={() => {
          stop();
          moment.goTo(undefined);
        }}
      >
        <Icon name="right" />
        Present
      </button>
    </div>
  );
}

function sayMoment(saga: Saga, event: SagaEvent, last: number): string {
  const { word } = eventLook(event);
  const after = duration(millisBetween(saga.createdAt, event.at));
  return `Event ${event.seq} of ${last}, ${after} after the start: ${nameIn(saga, event)} ${word}`;
}
