'use client';

import { useLiveState } from '@/lib/live/context.ts';
import { pollEveryMs } from '@/lib/live/state.ts';
import { useNow } from '@/lib/time/now.ts';

/** Whether what is on the page is of now, and how far behind the commit it is. */
export function LivePill() {
  const state = useLiveState();
  switch (state.phase) {
    case 'live':
      return (
        <span className="live" data-phase="live">
          <i />
          <span role="status">Live</span>
          {isTelling(state.lagMs) && <b>{state.lagMs} ms</b>}
        </span>
      );
    case 'connecting':
      return (
        <span className="live wait" data-phase="connecting">
          <i />
          <span role="status">Connecting</span>
        </span>
      );
    case 'reconnecting':
      return <Reconnecting retryAt={state.retryAt} />;
    case 'polling':
      return (
        <span className="live off" data-phase="polling">
          <i />
          <span role="status">Polling</span>
          <b>{pollEveryMs / 1_000} s</b>
        </span>
      );
    case 'offline':
      return (
        <span className="live off" data-phase="offline">
          <i />
          <span role="status">Offline</span>
          <b>trying again</b>
        </span>
      );
  }
}

const lagMsMax = 10_000;

/** Zero: nothing has come yet. Huge: what was read first was old, not late. */
const isTelling = (lagMs: number): boolean => lagMs > 0 && lagMs < lagMsMax;

function Reconnecting({ retryAt }: { retryAt: number }) {
  const now = useNow(true, 250);
  const seconds = Math.max(0, Math.ceil((retryAt - now) / 1_000));
  return (
    <span className="live wait" data-phase="reconnecting">
      <i />
      <span role="status">Reconnecting</span>
      <b>{seconds} s</b>
    </span>
  );
}
