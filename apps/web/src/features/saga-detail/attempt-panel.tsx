'use client';

import './attempt.css';
import Link from 'next/link';
import { duration, millisBetween } from '@/lib/time/format.ts';
import type { Saga } from '@/lib/trpc.ts';
import { Icon } from '@/ui/icon.tsx';
import { ShortId } from '@/ui/id.tsx';
import { Moment } from '@/ui/moment.tsx';
import { Mark } from '@/ui/status-mark.tsx';
import { Until } from '@/ui/until.tsx';
import type { Attempt } from './attempts.ts';
import { Copy } from './copy.tsx';
import { EventLink } from './event-link.tsx';
import { faultOf } from './fault-of.ts';
import { Json } from './json.tsx';
import { actorWord } from './actor-word.ts';
import { operationName, outcomeLook } from './looks.ts';
import { Meaning } from './meaning.tsx';
import type { Selection } from './selection.ts';

interface AttemptPanelProps {
  readonly saga: Saga;
  readonly attempts: readonly Attempt[];
  readonly attempt: Attempt;
  readonly selection: Selection;
}

/** One attempt: what was asked, what came back, under which key. */
export function AttemptPanel({ saga, attempts, attempt, selection }: AttemptPanelProps) {
  const step = saga.steps.find(({ name }) => name === attempt.step);
  const siblings = attempts.filter(
    ({ step: its, way }) => its === attempt.step && way === attempt.way,
  );
  const at = attempts.indexOf(attempt);
  const fault = faultOf(attempt);
  const go = (to: Attempt | undefined) => to && selection.select(to.step, to.way, to.number);
  const request =
    attempt.request ?? siblings.find(({ request: sent }) => sent !== undefined)?.request;
  return (
    <section className="card ap" aria-label="Attempt">
      <header className="ch">
        <h2>
          <code className="op">{operationName(step, attempt.way, attempt.step)}</code>
        </h2>
        <div className="cr">
          <button
            type="button"
            className="ib"
            aria-label="Previous attempt"
            disabled={at <= 0}
            onClick={() => go(attempts[at - 1])}
          >
            <Icon name="chevronLeft" />
          </button>
          <button
            type="button"
            className="ib"
            aria-label="Next attempt"
            disabled={at >= attempts.length - 1}
            onClick={() => go(attempts[at + 1])}
          >
            <Icon name="chevronRight" />
          </button>
          <button type="button" className="ib" aria-label="Close" onClick={selection.close}>
            <Icon name="cross" />
          </button>
        </div>
      </header>
      <div className="pick">
        {shownOf(siblings, attempt).map((sibling) => (
          <button
            key={sibling.startSeq}
            type="button"
            aria-pressed={sibling === attempt}
            onClick={() => go(sibling)}
          >
            <Mark look={outcomeLook(sibling)} word={String(sibling.number)} />
            <small>
              {sibling.endedAt
                ? duration(millisBetween(sibling.startedAt, sibling.endedAt))
                : 'under way'}
            </small>
          </button>
        ))}
      </div>
      <Meaning attempt={attempt} timeoutMs={step?.timeoutMs} />
      <dl className="kv">
        <dt>{attempt.wait ? 'Began' : (attempt.setOff?.word ?? 'Dispatched')}</dt>
        <dd>
          <Moment at={attempt.startedAt} />{' '}
          <EventLink seq={attempt.setOff?.seq ?? attempt.startSeq} />
        </dd>
        {attempt.endedAt && (
          <>
            <dt>{endWord(attempt)}</dt>
            <dd>
              <Moment at={attempt.endedAt} />{' '}
              {attempt.endSeq !== undefined && <EventLink seq={attempt.endSeq} />}
            </dd>
          </>
        )}
        {attempt.until && (
          <>
            <dt>Until</dt>
            <dd>
              <Until at={attempt.until} seconds />
            </dd>
          </>
        )}
        {step?.deadlineAt && (
          <>
            <dt>Deadline</dt>
            <dd>
              <Until at={step.deadlineAt} seconds />
            </dd>
          </>
        )}
        {attempt.cause && (
          <>
            <dt>Caused by</dt>
            <dd>{attempt.cause}</dd>
          </>
        )}
        {fault && (
          <>
            <dt>Fault</dt>
            <dd>
              <Link className="lk c-fault" href="/failures">
                <Icon name="bolt" /> {fault}
              </Link>
            </dd>
          </>
        )}
        {attempt.messageId && (
          <>
            <dt>Message</dt>
            <dd>
              <ShortId id={attempt.messageId} prefix="msg_" />
            </dd>
          </>
        )}
        {!attempt.wait && <Sender sagaId={saga.id} attempt={attempt} />}
      </dl>
      {!attempt.wait && <Json title="Input" value={request} empty="not in the log" />}
      {attempt.wait !== 'sleep' && (
        <Json
          title={attempt.wait ? 'Payload' : 'Output'}
          value={attempt.output}
          empty={attempt.endedAt ? 'none was received' : 'not yet'}
        />
      )}
      {attempt.error && <Json title="Error" value={attempt.error} empty="" />}
    </section>
  );
}

function endWord({ wait, outcome }: Attempt): string {
  if (wait) return outcome === 'succeeded' ? 'Went on' : 'Ended';
  return outcome === 'unknown' ? 'Gave up' : 'Answered';
}

function Sender({ sagaId, attempt }: { sagaId: string; attempt: Attempt }) {
  const key = keyOf(sagaId, attempt);
  return (
    <>
      <dt>Sent by</dt>
      <dd>{actorWord(attempt.actor)}</dd>
      <dt>Key</dt>
      <dd className="keybox">
        <code>{key}</code>
        <Copy text={key} label="Copy key" />
      </dd>
    </>
  );
}

const picksMax = 4;

/** The last few attempts, or those around the chosen one. */
function shownOf(siblings: readonly Attempt[], attempt: Attempt): readonly Attempt[] {
  const from = Math.min(siblings.indexOf(attempt) - 1, siblings.length - picksMax);
  return siblings.slice(Math.max(0, from), Math.max(0, from) + picksMax);
}

/** The idempotency key: the same for every attempt of this direction. */
const keyOf = (sagaId: string, { step, way }: Attempt) => `${sagaId}/${step}/${way}`;
