import { plural } from '@/lib/format.ts';
import type { Saga, SagaEvent } from '@/lib/trpc.ts';
import { Icon } from '@/ui/icon.tsx';
import { Mark } from '@/ui/status-mark.tsx';
import { nameIn } from './log-names.ts';
import { eventLook } from './log-words.ts';

interface MeanwhileProps {
  readonly saga: Saga;
  readonly events: readonly SagaEvent[];
  /** The last event that the form was opened for. */
  readonly seenSeq: number;
  readonly onLookAgain: () => void;
}

const shownMax = 4;

/** What has happened since somebody opened the form: the act they meant may no longer be the right one. */
export function Meanwhile({ saga, events, seenSeq, onLookAgain }: MeanwhileProps) {
  const later = events.filter(({ seq }) => seq > seenSeq);
  if (later.length === 0) return null;
  const hidden = later.length - shownMax;
  return (
    <div className="meanwhile" role="status">
      <p>
        <Icon name="clock" />
        <span>
          <b>The saga has moved on</b>, from #{seenSeq} to #{later.at(-1)?.seq}. Nothing will be
          sent for what it was.
        </span>
      </p>
      <ul>
        {hidden > 0 && <li className="mute">{plural(hidden, 'earlier event')}</li>}
        {later.slice(-shownMax).map((event) => (
          <li key={event.seq}>
            <span className="q">#{event.seq}</span> <Mark look={eventLook(event)} />{' '}
            {event.step && <code className="op">{nameIn(saga, event)}</code>}
          </li>
        ))}
      </ul>
      <button type="button" className="btn sm" onClick={onLookAgain}>
        Go on from #{later.at(-1)?.seq}
      </button>
    </div>
  );
}
