import { memberOf, textOf } from '@/features/saga-detail/event-data.ts';
import { duration, millisBetween } from '@/lib/time/format.ts';
import { movesOf } from './moves.ts';
import { consistentAfterMs, type Pair, type Side, sinceAcceptance } from './side.ts';

/** One measure of both sides, as text, with what lies between them. */
export interface Measure {
  readonly name: string;
  readonly left: string;
  readonly right: string;
  readonly difference: string;
}

/** Nothing but what the two logs and ledgers hold. */
export function measuresOf(pair: Pair): readonly Measure[] {
  const messages = pair.map(messagesOf);
  const duplicates = pair.map(duplicatesOf);
  return [
    inTime('Time to consistency', pair.map(consistentAfterMs)),
    inTime('Spent waiting', pair.map(waitedMs)),
    inTime('Between two commits, median', pair.map(gapMs)),
    inCount(
      'Attempts',
      pair.map(({ attempts }) => attempts.length),
    ),
    inCount(
      'Messages',
      messages.map(({ count }) => count),
      messages.map(({ note }) => note),
    ),
    inCount('Duplicates stopped', duplicates),
    inCount(
      'Commits in the services',
      pair.map(({ ledger }) => ledger?.effects.length),
    ),
    inCount(
      'Log events',
      pair.map(({ events }) => events.length),
    ),
  ];
}

type Values = readonly (number | undefined)[];

function inTime(name: string, [left, right]: Values): Measure {
  return {
    name,
    left: left === undefined ? '–' : duration(left),
    right: right === undefined ? '–' : duration(right),
    difference: differenceOf(left, right, duration),
  };
}

function inCount(name: string, [left, right]: Values, notes: readonly string[] = []): Measure {
  const say = (value: number | undefined, note = '') =>
    value === undefined ? '–' : `${value}${note && `, ${note}`}`;
  return {
    name,
    left: say(left, notes[0]),
    right: say(right, notes[1]),
    difference: differenceOf(left, right, String),
  };
}

function differenceOf(
  left: number | undefined,
  right: number | undefined,
  say: (value: number) => string,
): string {
  if (left === undefined || right === undefined) return '–';
  const between = Math.round(right) - Math.round(left);
  if (between === 0) return 'equal';
  return `${between < 0 ? '\u2212' : '+'}${say(Math.abs(between))}`;
}

/** In attempts that came to nothing, and between them and the next. A no is an answer, and no wait. */
export function waitedMs({ attempts }: Pick<Side, 'attempts'>): number {
  return attempts.reduce((sum, attempt, index) => {
    const isInVain = attempt.outcome === 'failed' && attempt.failure !== 'business';
    if (!isInVain && attempt.outcome !== 'unknown') return sum;
    const next = attempts.find(
      ({ step, way }, later) => later > index && step === attempt.step && way === attempt.way,
    );
    const until = next?.startedAt ?? attempt.endedAt;
    return until === undefined ? sum : sum + millisBetween(attempt.startedAt, until);
  }, 0);
}

/** Between the commits of one service and the next. */
export function gapMs(side: Side): number | undefined {
  const times = (side.ledger?.effects ?? []).map(({ at }) => sinceAcceptance(side, at));
  const gaps = times.slice(1).map((ms, index) => ms - (times[index] ?? 0));
  const sorted = gaps.sort((a, b) => a - b);
  const middle = sorted.length / 2;
  if (sorted.length === 0) return undefined;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

/**
 * Orchestrated: commands out and answers back. Choreographed: the events that services told each
 * other; one that is delivered again is no other event.
 */
export function messagesOf({ saga, events, attempts }: Side): { count: number; note: string } {
  if (saga.style === 'choreography' && !saga.takenOver) {
    const causes = events.map(({ data }) => textOf(data, 'cause')).filter(Boolean);
    const last = events.some(({ type }) => type === 'SagaCompleted' || type === 'SagaCompensated');
    const again = events.filter(({ type }) => type === 'RetryScheduled').length;
    const count = new Set(causes).size + (last ? 1 : 0);
    return { count, note: again === 0 ? '' : again === 1 ? 'one twice' : `${again} again` };
  }
  const sent = attempts.filter(({ wait }) => wait === undefined);
  const lost = sent.filter(({ outcome }) => outcome === 'unknown').length;
  const answered = sent.filter(({ outcome }) => outcome !== 'running').length;
  return {
    count: sent.length + answered,
    note: lost === 0 ? '' : lost === 1 ? 'one lost' : `${lost} lost`,
  };
}

/** Copies that a barrier answered from what it had stored. */
export function duplicatesOf({ events }: Pick<Side, 'events'>): number {
  const answered = events.filter(({ data }) => memberOf(data, 'duplicate') === true).length;
  return answered + movesOf(events).filter(({ kind }) => kind === 'answer-lost').length;
}
