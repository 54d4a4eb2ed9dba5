import { Fragment } from 'react';
import { money } from '@/lib/format.ts';
import { readOrder } from '@/lib/order-input.ts';
import { duration } from '@/lib/time/format.ts';
import { isFinished, sagaLooks } from '@/ui/status.ts';
import type { Divergence } from './divergence.ts';
import { faultPhrase } from './faults-met.ts';
import { booksApart, sameState } from './ledger-lines.ts';
import { areAlike, isOneOrder } from './pairing.ts';
import { consistentAfterMs, isAtRest, type Pair } from './side.ts';
import { hasEventLeft, nameOf, partingClauses, statusPhrase } from './words.ts';

interface IntroProps {
  readonly pair: Pair;
  readonly divergence: Divergence | undefined;
}

/** The title says what is compared, the sentence what came of it. */
export function Intro({ pair, divergence }: IntroProps) {
  return (
    <>
      <div className="ch1">
        <h1>{titleOf(pair)}</h1>
        <p>
          <Facts pair={pair} />
        </p>
      </div>
      <p className="say">
        <Ends pair={pair} /> <Parting pair={pair} divergence={divergence} /> <Faster pair={pair} />
      </p>
    </>
  );
}

function titleOf([{ saga: left }, { saga: right }]: Pair): string {
  const isOrder = readOrder(left.input) !== undefined;
  if (!isOrder) return `Two sagas of ${left.definition}`;
  const isBoth = left.style !== right.style;
  if (isOneOrder(left, right)) return isBoth ? 'One order, both styles' : 'One order, placed twice';
  if (!areAlike(left.input, right.input)) return 'Two different orders';
  return isBoth ? 'Two orders alike, one in each style' : 'Two orders alike';
}

function Facts({ pair }: { pair: Pair }) {
  const [left, right] = pair;
  const order = readOrder(left.saga.input);
  const other = readOrder(right.saga.input);
  const apartMs = Math.abs(Date.parse(left.saga.createdAt) - Date.parse(right.saga.createdAt));
  const phrase = faultPhrase(pair);
  const isSame = areAlike(left.saga.input, right.saga.input);
  const what = isSame
    ? [left.saga.subject, order && money(order.total)]
    : [
        [left.saga.subject, order && money(order.total)].filter(Boolean).join(' '),
        [right.saga.subject, other && money(other.total)].filter(Boolean).join(' '),
      ];
  return (
    <>
      {[
        ...what,
        apartMs === 0 ? 'accepted at the same moment' : `accepted ${duration(apartMs)} apart`,
      ]
        .filter(Boolean)
        .join(', ')}
      {phrase && (
        <>
          , {phrase.lead}: <code className="op">{phrase.fault.step}</code> {phrase.fault.word}
        </>
      )}
      .
    </>
  );
}

function Ends({ pair }: { pair: Pair }) {
  const [left, right] = pair;
  const isOver = isFinished(left.saga.status) && isFinished(right.saga.status);
  const isSame = sameState(pair);
  if (isOver && left.saga.status === right.saga.status) {
    const word = sagaLooks[left.saga.status].word.toLowerCase();
    if (isSame === undefined) return <>Both {word}.</>;
    return (
      <>
        Both{' '}
        <b>
          {word} with {isSame ? 'the same' : 'different'} business state
        </b>
        .
      </>
    );
  }
  if (left.saga.status === right.saga.status) {
    const phrase = statusPhrase(left.saga.status).replace(/^is /, 'are ').replace(/^has /, 'have ');
    const state =
      isSame === undefined ? '' : `, with ${isSame ? 'the same' : 'different'} business state`;
    return (
      <>
        <b>
          Both {phrase.replace('its pivot', 'their pivot')}
          {state}
        </b>
        .
      </>
    );
  }
  const text = `${nameOf(left)} ${statusPhrase(left.saga.status)}, ${nameOf(right)} ${statusPhrase(right.saga.status)}`;
  return (
    <>
      <b>{text.charAt(0).toUpperCase() + text.slice(1)}</b>.
    </>
  );
}

function Parting({ pair, divergence }: IntroProps) {
  if (!divergence) {
    const apart = booksApart(pair);
    if (apart) return <>Their logs say the same; their ledgers differ: {apart}.</>;
    return <>{pair.every(isAtRest) ? 'They went the same way.' : 'They have not parted so far.'}</>;
  }
  const eventLeft = hasEventLeft(pair, divergence);
  const [first = '', second = ''] = partingClauses(pair, divergence);
  return (
    <>
      They parted at <b>{duration(divergence.atMs)}</b>
      {divergence.step && (
        <>
          {' '}
          over {divergence.way === 'compensation' && 'the undo of '}
          <code className="op">{divergence.step}</code>
        </>
      )}
      : {first}
      {eventLeft ? '. The event had left with the commit' : `; ${second}`}.
    </>
  );
}

function Faster({ pair }: { pair: Pair }) {
  const [left, right] = pair;
  const [a, b] = [consistentAfterMs(left), consistentAfterMs(right)];
  if (a === undefined || b === undefined) return null;
  const between = Math.round(a) - Math.round(b);
  const name = nameOf(between > 0 ? right : left);
  if (between === 0) return <>Both were consistent after {duration(a)}.</>;
  return (
    <Fragment>
      {name.charAt(0).toUpperCase() + name.slice(1)} was{' '}
      <b>consistent {duration(Math.abs(between))} earlier</b>.
    </Fragment>
  );
}
