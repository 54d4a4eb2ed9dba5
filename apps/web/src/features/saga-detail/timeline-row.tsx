import { duration, millisBetween } from '@/lib/time/format.ts';
import { Icon } from '@/ui/icon.tsx';
import type { Attempt } from './attempts.ts';
import { barClass, outcomeLook } from './looks.ts';
import { percent, type Scale } from './scale.ts';
import type { Selection } from './selection.ts';
import type { Row } from './timeline-rows.ts';

interface TimelineRowProps {
  readonly row: Row;
  readonly scale: Scale;
  readonly now: number;
  readonly selection: Selection;
}

export function TimelineRow({ row, scale, now, selection }: TimelineRowProps) {
  const last = row.attempts.at(-1);
  const { step, way } = row;
  const isHot = selection.isHovered(step, way);
  return (
    <div
      className={`gr${last ? '' : ' pp'}${isHot ? ' hot' : ''}`}
      onPointerEnter={() => selection.hover({ step, way })}
      onPointerLeave={() => selection.hover(undefined)}
    >
      <div className="nm">
        <span className={`c-${row.look.tone}`}>
          <Icon name={row.look.icon} label={row.look.word} />
        </span>
        <code className="op">{row.name}</code>
      </div>
      <div className="tr">
        {row.attempts.map((attempt, index) => (
          <Bar
            key={attempt.startSeq}
            attempt={attempt}
            next={row.attempts[index + 1]}
            name={row.name}
            scale={scale}
            now={now}
            selection={selection}
          />
        ))}
        {last ? (
          <Beside attempts={row.attempts} scale={scale} now={now} />
        ) : (
          <span className="bl m">{row.idle}</span>
        )}
      </div>
    </div>
  );
}

interface BarProps {
  readonly attempt: Attempt;
  readonly next: Attempt | undefined;
  readonly name: string;
  readonly scale: Scale;
  readonly now: number;
  readonly selection: Selection;
}

function Bar({ attempt, next, name, scale, now, selection }: BarProps) {
  const end = attempt.endedAt ?? now;
  const left = percent(scale, attempt.startedAt);
  const width = Math.max(0, percent(scale, end) - left);
  const tookMs = attempt.endedAt ? millisBetween(attempt.startedAt, attempt.endedAt) : 0;
  const says = `${name} attempt ${attempt.number} ${outcomeLook(attempt).word}${tookMs ? `, ${duration(tookMs)}` : ''}`;
  const isSelected = selection.isSelected(attempt);
  const isUndo = attempt.way === 'compensation';
  return (
    <>
      <button
        type="button"
        className={`bar ${barClass(attempt)}${isUndo ? ' back' : ''}${isSelected ? ' sel' : ''}`}
        style={{ left: `${left}%`, width: `${width}%` }}
        aria-label={says}
        aria-pressed={isSelected}
        onClick={() => selection.select(attempt.step, attempt.way, attempt.number)}
      >
        {attempt.outcome === 'failed' && width > 2.5 && <Icon name="cross" />}
        {attempt.outcome === 'unknown' && width > 18 && <em>no reply · {duration(tookMs)}</em>}
        {attempt.wait && !attempt.endedAt && width > 18 && (
          <em>{attempt.wait === 'sleep' ? 'sleeps' : 'waits for a signal'}</em>
        )}
      </button>
      {attempt.wait === 'sleep' && attempt.until && !attempt.endedAt && (
        <span
          className="bar g fwd"
          style={{
            left: `${left + width}%`,
            width: `${percent(scale, attempt.until) - left - width}%`,
          }}
        />
      )}
      {attempt.endedAt && (next || attempt.retryAt) && (
        <BackOff
          from={attempt.endedAt}
          until={next?.startedAt ?? attempt.retryAt ?? ''}
          scale={scale}
          isOver={next !== undefined}
          isUndo={isUndo}
        />
      )}
    </>
  );
}

/** The wait before the next attempt, dotted, with its length where there is room. */
function BackOff({
  from,
  until,
  scale,
  isOver,
  isUndo,
}: {
  from: string;
  until: string;
  scale: Scale;
  isOver: boolean;
  isUndo: boolean;
}) {
  const left = percent(scale, from);
  const width = Math.max(0, percent(scale, until) - left);
  return (
    <>
      <span className="off" style={{ left: `${left}%`, width: `${width}%` }}>
        {width > 9 && <span>{duration(millisBetween(from, until))}</span>}
      </span>
      {!isOver && (
        <span
          className={isUndo ? 'bar g' : 'bar g fwd'}
          style={{ left: `${left + width}%`, width: '1%' }}
        />
      )}
    </>
  );
}

/** The length of the last attempt, beside its bar: right of it, or left of it near the end. */
function Beside({
  attempts,
  scale,
  now,
}: {
  attempts: readonly Attempt[];
  scale: Scale;
  now: number;
}) {
  const last = attempts.at(-1);
  if (!last?.endedAt || last.retryAt) return null;
  const left = percent(scale, last.startedAt);
  const right = percent(scale, last.endedAt ?? now);
  if (last.outcome === 'unknown' && right - left > 18) return null;
  const text = duration(millisBetween(last.startedAt, last.endedAt));
  const isRoomRight = right < 84;
  // Left of the bar stand the attempts before it.
  if (!isRoomRight && attempts.length > 1) return null;
  const style = isRoomRight
    ? { left: `calc(${right}% + 7px)` }
    : { right: `calc(${100 - left}% + 6px)` };
  return (
    <span className="bl" style={style}>
      {text}
    </span>
  );
}
