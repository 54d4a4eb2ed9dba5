import Link from 'next/link';
import { count } from '@/lib/format.ts';
import { duration } from '@/lib/time/format.ts';
import type { FlowMetrics } from '@/lib/trpc.ts';
import { compensatedShare, percentage, rate } from './lines.ts';

interface Figure {
  readonly word: string;
  readonly value: string;
  readonly note: string;
}

/** The numbers of the whole window. */
export function Figures({ flow }: { flow: FlowMetrics | undefined }) {
  const isEmpty = flow?.total.accepted === 0 && flow.total.backlog === 0;
  return (
    <>
      <dl className="card figures">
        {figuresOf(flow).map(({ word, value, note }) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd>
              <b>{value}</b>
              <span>{note}</span>
            </dd>
          </div>
        ))}
      </dl>
      {isEmpty && (
        <p className="note">
          Nothing was accepted in this window.{' '}
          <Link className="lk" href="/launch">
            Launch many orders
          </Link>{' '}
          and watch the lines rise.
        </p>
      )}
    </>
  );
}

function figuresOf(flow: FlowMetrics | undefined): readonly Figure[] {
  const total = flow?.total;
  const ended = total ? total.completed + total.compensated + total.resolved : 0;
  const seconds = flow ? flow.steps.length * flow.stepSeconds : 1;
  const share = total && compensatedShare(total);
  const latency = total?.latency;
  const ms = (value: number | undefined) => (value === undefined ? '–' : duration(value));
  return [
    {
      word: 'Finished',
      value: total ? count(ended) : '–',
      note: `${rate(ended / seconds)} per second`,
    },
    { word: 'p50', value: ms(latency?.p50Ms), note: 'half ended within' },
    { word: 'p95', value: ms(latency?.p95Ms), note: '95 of 100 within' },
    { word: 'p99', value: ms(latency?.p99Ms), note: '99 of 100 within' },
    {
      word: 'Compensated',
      value: share === undefined ? '–' : percentage(share),
      note: `${count(total?.compensated ?? 0)} walked back`,
    },
    {
      word: 'Backlog',
      value: total ? count(total.backlog) : '–',
      note: 'under way at the end',
    },
  ];
}
