'use client';

import './log.css';
import { useEffect, useMemo, useState } from 'react';
import { plural } from '@/lib/format.ts';
import { useTimes } from '@/lib/time/times.tsx';
import type { Saga, SagaEvent } from '@/lib/trpc.ts';
import { useUrlState } from '@/lib/url-state.ts';
import { Card } from '@/ui/card.tsx';
import { LongBody, longFrom } from '@/ui/long-body.tsx';
import { timesHeading } from '@/ui/moment.tsx';
import { Empty, Failure } from '@/ui/states.tsx';
import type { Attempt } from './attempts.ts';
import { LogFilter } from './log-filter.tsx';
import { logKindOf, logKindsOf } from './log-kinds.ts';
import { LogRow } from './log-row.tsx';
import type { Selection } from './selection.ts';
import { useLinkedEvent } from './use-linked-event.ts';

/** Among other panes a short log hides its beginning on small screens, a long one everywhere. */
const lastShown = { small: 8, long: 30 };

interface LogCardProps {
  readonly saga: Saga;
  readonly events: readonly SagaEvent[];
  readonly attempts: readonly Attempt[];
  readonly selection: Selection;
  /** On its own tab it is shown from its first event on. */
  readonly isWhole: boolean;
  readonly error: { message: string; data?: unknown } | null;
}

/** Every event, gapless; the one place that hides nothing unless it is asked to. */
export function LogCard(props: LogCardProps) {
  const { saga, events, attempts, selection, error } = props;
  const { mode } = useTimes();
  const { params, changeHere } = useUrlState();
  const kinds = useMemo(() => logKindsOf(events), [events]);
  const kind = logKindOf(kinds, params.get('events'));
  const found = useMemo(() => events.filter(kind.has), [events, kind]);
  const [isOpened, setOpened] = useState(false);
  const { linked, forget } = useLinkedEvent();
  const isAt = ({ seq }: SagaEvent) => seq === linked;
  const isFilteredOut = !found.some(isAt) && events.some(isAt);
  useEffect(() => {
    if (isFilteredOut) changeHere({ events: undefined });
  }, [isFilteredOut, changeHere]);
  const isWhole = props.isWhole || isOpened || linked !== undefined;
  const isLong = found.length > longFrom;
  const earlier = isWhole ? 0 : found.length - (isLong ? lastShown.long : lastShown.small);
  const rows = isLong && earlier > 0 ? found.slice(earlier) : found;
  return (
    <Card
      title="Log"
      note={
        found.length === events.length
          ? `${plural(events.length, 'event')}, gapless`
          : `${found.length} of ${plural(events.length, 'event')}`
      }
      aside={
        events.length > 0 && (
          <LogFilter
            kinds={kinds}
            kind={kind}
            onChange={(id) => {
              forget();
              changeHere({ events: id || undefined });
            }}
          />
        )
      }
    >
      {error && <Failure error={error} />}
      {found.length === 0 && events.length > 0 && (
        <Empty>
          None of the {plural(events.length, 'event')} is of this kind.{' '}
          <button type="button" className="lk" onClick={() => changeHere({ events: undefined })}>
            Show all events
          </button>
        </Empty>
      )}
      {earlier > 0 && (
        <button
          type="button"
          className={isLong ? 'earlier always' : 'earlier'}
          onClick={() => setOpened(true)}
        >
          Show {plural(earlier, 'earlier event')}
        </button>
      )}
      {found.length > 0 && (
        <table className="log dense" aria-rowcount={events.length + 1}>
          <thead>
            <tr aria-rowindex={1}>
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
          <LongBody
            count={rows.length}
            keyOf={(index) => rows[index]?.seq ?? index}
            sought={rows.findIndex(isAt)}
            renderRow={(index, measure) => {
              const event = rows[index];
              return (
                event && (
                  <LogRow
                    key={event.seq}
                    saga={saga}
                    event={event}
                    index={index}
                    attempts={attempts}
                    selection={selection}
                    isOld={!isLong && index < earlier}
                    isLinked={isAt(event)}
                    {...(measure && { measure })}
                  />
                )
              );
            }}
          />
        </table>
      )}
    </Card>
  );
}
