'use client';

import type { Fault } from '@/lib/trpc.ts';
import { plural, tail } from '@/lib/format.ts';
import { Moment } from '@/ui/moment.tsx';

/** A rule in words: what happens, to which calls, until when. */
export function FaultSentence({ fault, withName = true }: { fault: Fault; withName?: boolean }) {
  return (
    <>
      {withName && <code className="op">{fault.operation}</code>}{' '}
      {withName ? whatHappens(fault) : capital(whatHappens(fault))}
      {whichCalls(fault)}
      {fault.expiresAt && (
        <>
          , until <Moment at={fault.expiresAt} millis={false} />
        </>
      )}
      .
    </>
  );
}

function whatHappens({ kind, delayMs = 0, jitterMs }: Fault): string {
  switch (kind) {
    case 'reject':
      return 'says no';
    case 'fail-before-commit':
      return 'breaks before its commit';
    case 'fail-after-commit':
      return 'commits, then loses its reply';
    case 'delay':
      return `answers ${round(delayMs)} late${jitterMs ? `, up to ${round(jitterMs)} more` : ''}`;
    case 'hang':
      return 'never answers';
  }
}

function whichCalls({ probability, remaining, nextCalls, orderId, sku }: Fault): string {
  const left = remaining ?? nextCalls;
  const parts = [
    probability !== undefined && probability < 1
      ? `, ${Math.round(probability * 100)} % of calls`
      : '',
    left === undefined ? '' : `, ${plural(left, 'more call')}`,
    orderId ? `, only order …${tail(orderId)}` : '',
    sku ? `, only with ${sku}` : '',
  ];
  return parts.join('') || ', every call';
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A length that somebody chose is round: 1.5 s, not 1.50 s. */
const round = (ms: number): string =>
  ms < 1_000 ? `${ms} ms` : `${Number((ms / 1_000).toFixed(2))} s`;
