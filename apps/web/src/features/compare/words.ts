import type { SagaStatus } from '@/lib/trpc.ts';
import { isFinished, sagaLooks } from '@/ui/status.ts';
import type { Divergence } from './divergence.ts';
import type { Move } from './moves.ts';
import { gapMs } from './numbers.ts';
import { isAtRest, type Pair, type Side } from './side.ts';

const underWay: Readonly<Partial<Record<SagaStatus, string>>> = {
  pending: 'has not started yet',
  running: 'is under way',
  committed: 'is past its pivot',
  compensating: 'is walking back',
  stuck: 'is stuck',
};

/** "is under way", "completed". */
export const statusPhrase = (status: SagaStatus): string =>
  underWay[status] ?? sagaLooks[status].word.toLowerCase();

/** How a sentence speaks of a side. */
export function nameOf({ label, saga }: Side): string {
  return label.toLowerCase() === saga.style ? saga.style : `the ${label.toLowerCase()} one`;
}

/** What each side met where they part, the one in doubt first. */
export function partingClauses(pair: Pair, divergence: Divergence): readonly string[] {
  const [left, right] = pair;
  const [a, b] = divergence.moves;
  const clauses = [clauseOf(left, a, divergence), clauseOf(right, b, divergence)];
  return b?.kind === 'unknown' && a?.kind !== 'unknown' ? clauses.reverse() : clauses;
}

/** The step has been named before; here it is "it". */
function clauseOf(side: Side, move: Move | undefined, { step = '' }: Divergence): string {
  const name = nameOf(side);
  switch (move?.kind) {
    case undefined:
      if (isFinished(side.saga.status)) return `${name} saw nothing of it`;
      return isAtRest(side) ? `${name} is stuck without it` : `${name} has not so far`;
    case 'unknown':
      return side.saga.style === 'orchestration'
        ? `${waiter(side)} waited for a reply that never came${askedAgain(side, step) ? ', then asked again with the same key' : ''}`
        : `in ${name} its answer was lost, and its message was delivered again`;
    case 'succeeded':
      return `it went through in ${name}`;
    case 'undone':
      return `it was undone in ${name}`;
    case 'said-no':
      return `it said no in ${name}`;
    case 'failed':
      return `it broke in ${name}, without effect`;
    case 'answer-lost':
      return `in ${name} its answer was lost after it was done, and nobody missed it`;
    case 'turned':
      return `${name} turned back`;
    case 'stuck':
      return `${name} got stuck`;
    case 'stalled':
      return `${name} stalled`;
    case 'taken-over':
      return `${name} was taken over`;
    case 'by-hand':
      return `an operator acted on ${name}`;
    case 'ended':
      return `${name} ${statusPhrase(side.saga.status)}`;
  }
}

const waiter = (side: Side): string =>
  side.label === 'Orchestration' ? 'the orchestrator' : `in ${nameOf(side)} the orchestrator`;

function askedAgain({ attempts }: Side, step: string): boolean {
  return attempts.some((attempt) => attempt.step === step && attempt.isDuplicate);
}

/** Whether one waits for a reply whose effect the other side's event has carried on already. */
export function hasEventLeft([left, right]: Pair, { moves: [a, b] }: Divergence): boolean {
  const isSo = (doubt: Side, its: Move | undefined, other: Side, done: Move | undefined) =>
    its?.kind === 'unknown' &&
    done?.kind === 'succeeded' &&
    doubt.saga.style === 'orchestration' &&
    other.saga.style === 'choreography';
  return isSo(left, a, right, b) || isSo(right, b, left, a);
}

/** The reason behind it, as a rule that holds beyond these two; undefined where it is only chance. */
export function whyOf(pair: Pair, divergence: Divergence): string | undefined {
  if (hasEventLeft(pair, divergence)) {
    return `a reply is a message that can be lost after the commit. An outbox event is part of the commit.${priceOf(pair)}`;
  }
  if (hasUndoneMore(pair, divergence)) {
    return 'a coordinator carries out the undos that do not wait for the stuck one. In choreography each undo sets off the next.';
  }
  const kinds = divergence.moves.map((move) => move?.kind);
  if (kinds.includes('said-no')) {
    return 'a no is an answer, not a failure: it is not asked again, and what was done before it is undone in reverse.';
  }
  if (kinds.includes('unknown')) {
    return 'a reply can be lost after the commit. The next attempt goes out under the same key, so the effect is there once.';
  }
  if (kinds.includes('answer-lost')) {
    return 'what has to follow leaves with the commit. A copy that comes later meets the stored answer.';
  }
  if (kinds.includes('failed')) {
    return 'an attempt without effect is made again after a pause. It costs time and nothing else.';
  }
  return undefined;
}

/** Whether an orchestrator went on with its undos where choreography is stuck. */
function hasUndoneMore([left, right]: Pair, { moves: [a, b] }: Divergence): boolean {
  const [asked, told] = left.saga.style === 'orchestration' ? [left, right] : [right, left];
  const [ofAsked, ofTold] = asked === left ? [a, b] : [b, a];
  return (
    told.saga.style === 'choreography' &&
    [asked, told].every(({ saga }) => saga.status === 'stuck') &&
    ofAsked?.kind === 'undone' &&
    ofTold === undefined
  );
}

function priceOf(pair: Pair): string {
  const told = pair.find(({ saga }) => saga.style === 'choreography');
  const asked = pair.find(({ saga }) => saga.style === 'orchestration');
  const more = told && asked ? Math.round((gapMs(told) ?? 0) - (gapMs(asked) ?? 0)) : 0;
  return more > 0 ? ` The price is paid elsewhere: ${more} ms more between two commits.` : '';
}
