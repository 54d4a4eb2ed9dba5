import type { Attempt } from '@/features/saga-detail/attempts.ts';
import { barClass, outcomeLook } from '@/features/saga-detail/looks.ts';
import { percent, type Scale } from '@/features/saga-detail/scale.ts';
import { duration } from '@/lib/time/format.ts';
import { Icon } from '@/ui/icon.tsx';
import { isFinished } from '@/ui/status.ts';
import { StyleMark } from '@/ui/style-mark.tsx';
import type { ClockRow, Stretch, Track } from './clock-rows.ts';
import { consistentAfterMs, lastCommit, sinceAcceptance } from './side.ts';

interface RowProps {
  readonly row: ClockRow;
  readonly scale: Scale;
  /** Of the two sides, where bars that still grow end. */
  readonly elapsed: readonly [number, number];
}

export function ClockRowView({ row, scale, elapsed }: RowProps) {
  return (
    <div className="pr" data-operation={row.name}>
      <div className={row.isUndo ? 'nm c-back' : 'nm'}>
        {row.isUndo && <Icon name="left" />}
        <code className="op">{row.name}</code>
      </div>
      {row.tracks.map((track, index) => (
        <div className="sub" key={track.side.saga.id}>
          <span className="who">
            <StyleMark style={track.side.saga.style} iconOnly />
          </span>
          <TrackView track={track} row={row} scale={scale} elapsedMs={elapsed[index] ?? 0} />
        </div>
      ))}
    </div>
  );
}

interface TrackProps {
  readonly track: Track;
  readonly row: ClockRow;
  readonly scale: Scale;
  readonly elapsedMs: number;
}

function TrackView({ track, row, scale, elapsedMs }: TrackProps) {
  const { stretches, copiesMs, side } = track;
  const endMs = (stretch: Stretch) => stretch.toMs ?? Math.max(stretch.fromMs, elapsedMs);
  const isEnd = isWhereItEnds(track, row);
  return (
    <div className="tr">
      {stretches.map((stretch, index) => (
        <Bar
          key={stretch.attempt.startSeq}
          says={`${row.name}, ${side.label}`}
          attempt={stretch.attempt}
          left={percent(scale, stretch.fromMs)}
          right={percent(scale, endMs(stretch))}
          ms={endMs(stretch) - stretch.fromMs}
          gap={gapAfter(track, index, scale)}
        />
      ))}
      {copiesMs.map((ms) => (
        <Copy key={ms} at={percent(scale, ms)} says={`${row.name} delivered again, ignored`} />
      ))}
      {isEnd ? (
        <End
          ms={consistentAfterMs(side) ?? 0}
          last={stretches.at(-1)}
          scale={scale}
          isUndo={row.isUndo}
        />
      ) : (
        <Beside track={track} scale={scale} isUndo={row.isUndo} />
      )}
    </div>
  );
}

interface Gap {
  readonly right: number;
  readonly ms: number;
}

/** The pause until the next attempt, or until the one that is due. */
function gapAfter({ stretches, side }: Track, index: number, scale: Scale): Gap | undefined {
  const { attempt, toMs } = stretches[index] ?? {};
  const dueMs = attempt?.retryAt === undefined ? undefined : sinceAcceptance(side, attempt.retryAt);
  const nextMs = stretches[index + 1]?.fromMs ?? dueMs;
  if (toMs === undefined || nextMs === undefined || nextMs <= toMs) return undefined;
  return { right: percent(scale, nextMs), ms: nextMs - toMs };
}

interface BarProps {
  readonly says: string;
  readonly attempt: Attempt;
  readonly left: number;
  readonly right: number;
  readonly ms: number;
  readonly gap: Gap | undefined;
}

function Bar({ says, attempt, left, right, ms, gap }: BarProps) {
  const width = right - left;
  const isCopy = attempt.isDuplicate === true;
  const look = isCopy ? 'dup' : barClass(attempt);
  const what = isCopy ? 'same key, stored result' : outcomeLook(attempt).word;
  return (
    <>
      <span
        role="img"
        className={`bar ${look}${attempt.way === 'compensation' ? ' back' : ''}`}
        style={{ left: `${left}%`, width: `${width}%` }}
        aria-label={`${says}, attempt ${attempt.number}: ${what}, ${duration(ms)}`}
      >
        {isCopy && width > 1.5 && <Icon name="copy" />}
        {attempt.outcome === 'failed' && width > 1.5 && <Icon name="cross" />}
        {attempt.outcome === 'unknown' && width > 14 && <em>no reply · {duration(ms)}</em>}
      </span>
      {gap && (
        <span className="off" style={{ left: `${right}%`, width: `${gap.right - right}%` }}>
          {gap.right - right > 9 && <span>{duration(gap.ms)}</span>}
        </span>
      )}
    </>
  );
}

function Copy({ at, says }: { at: number; says: string }) {
  return (
    <>
      <span role="img" className="bar dup" style={{ left: `${at}%`, width: 16 }} aria-label={says}>
        <Icon name="copy" />
      </span>
      {at < 80 && (
        <span className="bl hidem" style={{ left: `calc(${at}% + 22px)` }}>
          delivered again, ignored
        </span>
      )}
    </>
  );
}

const roomForWords = 80;
/** On a phone the words of the end take 40 % of the axis. */
const roomForEnd = 58;

/** The length of the last attempt, right of its bar, or left of it near the end of the axis. */
function Beside({ track, scale, isUndo }: { track: Track; scale: Scale; isUndo: boolean }) {
  const last = track.stretches.at(-1);
  if (!last && !isUndo && isFinished(track.side.saga.status)) {
    return <span className="bl m">not reached</span>;
  }
  if (!last || last.toMs === undefined) return null;
  const left = percent(scale, last.fromMs);
  const right = percent(scale, last.toMs);
  if (last.attempt.outcome === 'unknown' && right - left > 14) return null;
  const text = last.attempt.isDuplicate
    ? 'same key, stored result'
    : duration(last.toMs - last.fromMs);
  const isWord = last.attempt.isDuplicate === true;
  const isRight = right < (isWord ? roomForWords : 90);
  if (!isRight && track.stretches.length > 1) return null;
  const style = isRight
    ? { left: `calc(${right}% + 6px)` }
    : { right: `calc(${100 - left}% + 6px)` };
  return (
    <span className={isWord ? 'bl hidem' : 'bl'} style={style}>
      {text}
    </span>
  );
}

function isWhereItEnds({ side }: Track, { key }: ClockRow): boolean {
  if (consistentAfterMs(side) === undefined) return false;
  const last = lastCommit(side);
  return last !== undefined && key === `${last.step} ${last.direction}`;
}

/** Where the last ledger row was written, after which nothing changes any more. */
function End({
  ms,
  last,
  scale,
  isUndo,
}: {
  ms: number;
  last: Stretch | undefined;
  scale: Scale;
  isUndo: boolean;
}) {
  // Beside the bar: the answer to the last command comes a moment after the row.
  const at = percent(scale, Math.max(ms, last?.toMs ?? 0));
  const text = `consistent at ${duration(ms)}`;
  const from = percent(scale, last?.fromMs ?? ms);
  if (at < roomForEnd) {
    return (
      <span className={isUndo ? 'endm back' : 'endm'} style={{ left: `calc(${at}% + 8px)` }}>
        {text}
      </span>
    );
  }
  // Left of its bar; of a bar that begins too far left, over its end.
  const right = from > 100 - roomForEnd ? from : at - 1;
  return (
    <>
      <span className={isUndo ? 'endm r back' : 'endm r'} style={{ left: `calc(${right}% - 2px)` }}>
        {text}
      </span>
      <span className={isUndo ? 'endm back' : 'endm'} style={{ left: `calc(${at}% + 6px)` }} />
    </>
  );
}
