'use client';

import { duration } from '@/lib/time/format.ts';
import { useNow } from '@/lib/time/now.ts';
import { Icon } from '@/ui/icon.tsx';
import { SagaLink } from '@/ui/id.tsx';
import { isFinished } from '@/ui/status.ts';
import { SagaMark } from '@/ui/status-mark.tsx';
import { Strip } from '@/ui/strip.tsx';
import { consistentAfterMs, type Pair, type Side } from './side.ts';

/** Each side in one card: its style, its steps, and how long it took to be consistent. */
export function Heads({ pair }: { pair: Pair }) {
  return (
    <div className="ab">
      {pair.map((side) => (
        <Head key={side.saga.id} side={side} />
      ))}
    </div>
  );
}

function Head({ side }: { side: Side }) {
  const { saga, label } = side;
  return (
    <section className="card" aria-label={label} data-side={saga.id} data-status={saga.status}>
      <h2>
        <Icon name={saga.style === 'orchestration' ? 'hub' : 'chain'} />
        {label}
        {label.toLowerCase() !== saga.style && <span className="mute">{saga.style}</span>}
      </h2>
      <div className="big">
        <Took side={side} />
      </div>
      <Strip saga={saga} scale={2} />
      <div className="mut">
        <SagaMark saga={saga} /> <SagaLink id={saga.id} />
      </div>
    </section>
  );
}

function Took({ side }: { side: Side }) {
  const { saga } = side;
  const isMoving = !isFinished(saga.status);
  const now = useNow(isMoving, 100);
  const ms = consistentAfterMs(side) ?? (isMoving ? now - Date.parse(saga.createdAt) : undefined);
  if (ms === undefined) return <>–</>;
  const text = duration(ms);
  const short = /^([\d.]+) (ms|s)$/.exec(text);
  return (
    <>
      {short ? short[1] : text} {short && <small>{short[2]}</small>}
      <span className="vh">{isMoving ? ' so far' : ' to consistency'}</span>
    </>
  );
}
