'use client';

import './timeline.css';
import { useState } from 'react';
import { millisBetween } from '@/lib/time/format.ts';
import { useNow } from '@/lib/time/now.ts';
import type { Saga, SagaEvent } from '@/lib/trpc.ts';
import { Card } from '@/ui/card.tsx';
import { isFinished } from '@/ui/status.ts';
import { ViewSwitch } from '@/ui/view-switch.tsx';
import { AttemptTable } from './attempt-table.tsx';
import type { Attempt } from './attempts.ts';
import { percent, scaleFor, ticksOf } from './scale.ts';
import type { Selection } from './selection.ts';
import { TimelineKey } from './timeline-key.tsx';
import { rowsOf } from './timeline-rows.ts';
import { TimelineRow } from './timeline-row.tsx';
import { readTurn } from './turn.ts';
import { TurnRow } from './turn-row.tsx';

interface TimelineProps {
  readonly saga: Saga;
  readonly events: readonly SagaEvent[];
  readonly attempts: readonly Attempt[];
  readonly selection: Selection;
  /** Of a moment that is over: now is then. */
  readonly isPast: boolean;
}

const sleepShownMsMax = 60_000;

/** One bar per attempt, back-off dotted between them, and where now is. */
export function TimelineCard(props: TimelineProps) {
  const { saga, attempts, selection } = props;
  const [isTable, setTable] = useState(false);
  return (
    <Card
      title="Timeline"
      className="tl-card"
      note={!isTable && <TimelineKey />}
      aside={<ViewSwitch isTable={isTable} onChange={setTable} />}
    >
      {isTable ? (
        <AttemptTable saga={saga} attempts={attempts} selection={selection} />
      ) : (
        <Gantt {...props} />
      )}
    </Card>
  );
}

function Gantt({ saga, events, attempts, selection, isPast }: TimelineProps) {
  // A stuck or paused saga waits for a person: its axis ends with its log, not minutes later.
  const isMoving = !isFinished(saga.status) && saga.status !== 'stuck' && !saga.paused;
  const now = useNow(isMoving, 100);
  const turn = readTurn(events);
  const lastAt = Date.parse(events.at(-1)?.at ?? saga.updatedAt);
  const due = Math.max(0, ...attempts.map(dueMs));
  const endMs = isMoving ? Math.max(now, lastAt, due) : Math.max(lastAt, due && lastAt);
  const scale = scaleFor(Date.parse(saga.createdAt), endMs);
  const { forward, backward } = rowsOf(saga, attempts);
  return (
    <div
      className="gantt"
      role="group"
      aria-label="Timeline: one bar per attempt, back-off gaps dotted"
    >
      <div className="over" aria-hidden="true">
        {ticksOf(scale).map(({ at }) => (
          <span key={at} className="grid" style={{ left: `${at}%`, top: 24 }} />
        ))}
        {isMoving && (
          <span className="now" style={{ left: `${percent(scale, now)}%` }}>
            <b>{isPast ? 'then' : 'now'}</b>
          </span>
        )}
      </div>
      <div className="gr gx" aria-hidden="true">
        <span />
        <div className="tr">
          {ticksOf(scale).map(({ at, label }, index) => (
            <span key={at} className={index % 2 ? 'tick odd' : 'tick'} style={{ left: `${at}%` }}>
              {label}
            </span>
          ))}
        </div>
      </div>
      {forward.map((row) => (
        <TimelineRow key={row.key} row={row} scale={scale} now={now} selection={selection} />
      ))}
      {turn && <TurnRow turn={turn} saga={saga} scale={scale} />}
      {backward.map((row) => (
        <TimelineRow key={row.key} row={row} scale={scale} now={now} selection={selection} />
      ))}
    </div>
  );
}

/** What is still to come belongs on the axis, unless it is so far away that it would flatten the rest. */
function dueMs({ retryAt, wait, until, startedAt }: Attempt): number {
  if (retryAt) return Date.parse(retryAt);
  const isNear = wait === 'sleep' && until && millisBetween(startedAt, until) <= sleepShownMsMax;
  return isNear ? Date.parse(until) : 0;
}
