'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { useLiveState } from '@/lib/live/context.ts';
import { clock } from '@/lib/time/format.ts';
import { useTimes } from '@/lib/time/times.tsx';
import { Icon } from './icon.tsx';

/** Bars of the size of what will come, so that nothing jumps when it does. */
export function Skeleton({ rows, height = 36 }: { rows: number; height?: number }) {
  return (
    <div className="sk" aria-busy="true" role="status">
      <span className="vh">Loading</span>
      {Array.from({ length: rows }, (_, index) => (
        <span key={index} style={{ height }}>
          <i style={{ width: `${60 + ((index * 37) % 35)}%` }} />
        </span>
      ))}
    </div>
  );
}

export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <p>{children}</p>
      {action}
    </div>
  );
}

interface Failed {
  readonly message: string;
  readonly data?: unknown;
}

/** Code, sentence, another try. The last good data stays on the page beside it. */
export function Failure({ error, retry }: { error: Failed; retry?: () => void }) {
  return (
    <div className="err" role="alert">
      <code>{codeOf(error)}</code>
      <p>{error.message}</p>
      {codeOf(error) === 'UNAUTHORIZED' && (
        <Link className="lk" href="/login">
          Sign in
        </Link>
      )}
      {retry && codeOf(error) !== 'UNAUTHORIZED' && (
        <button type="button" className="lk" onClick={retry}>
          Try again
        </button>
      )}
    </div>
  );
}

function codeOf({ data }: Failed): string {
  if (typeof data !== 'object' || data === null) return 'NOT_REACHED';
  if ('reason' in data && typeof data.reason === 'string') return data.reason;
  return 'code' in data && typeof data.code === 'string' ? data.code : 'FAILED';
}

/** Once the stream is away for longer than a blink: what is shown is from then, and says so. */
export function AsOf() {
  const state = useLiveState();
  const { mode } = useTimes();
  if (state.phase !== 'offline' && state.phase !== 'polling') return null;
  return (
    <span className="asof">
      <Icon name="clock" />
      as of {clock(new Date(state.since).toISOString(), mode === 'utc' ? 'utc' : 'local', false)}
    </span>
  );
}
