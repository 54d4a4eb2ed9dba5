import type { CSSProperties } from 'react';
import { duration, millisBetween } from '@/lib/time/format.ts';
import type { Saga } from '@/lib/trpc.ts';
import { Icon } from '@/ui/icon.tsx';
import { percent, type Scale } from './scale.ts';
import type { Turn } from './turn.ts';

/** From here the timeline walks back. */
export function TurnRow({ turn, saga, scale }: { turn: Turn; saga: Saga; scale: Scale }) {
  const at = percent(scale, turn.at);
  const isRoomLeft = at > 24;
  return (
    <div className="gr turnrow">
      <span className="nm" />
      <div className="tr" style={{ '--at': `${at}%` } as CSSProperties}>
        <i className="ln" />
        <span className={isRoomLeft ? '' : 'after'} style={{ left: `${at}%` }}>
          <Icon name="left" />
          turned back at {duration(millisBetween(saga.createdAt, turn.at))}
        </span>
      </div>
    </div>
  );
}
