'use client';

import { createContext, useContext, useEffect, useState } from 'react';

/** How far this machine's clock is behind the server's; set by the stream's ticks. */
let skewMs = 0;

export function setServerTime(at: string): void {
  skewMs = Date.parse(at) - Date.now();
}

export const serverNow = () => Date.now() + skewMs;

const reduced = () =>
  typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Inside it, now is a moment of the past (ms): clocks and countdowns stand still. */
export const FrozenTime = createContext<number | undefined>(undefined);

/** The server's time, renewed while `running`; once a second for those who want less motion. */
export function useNow(running: boolean, everyMs = 100): number {
  const frozen = useContext(FrozenTime);
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    if (!running || frozen !== undefined) return;
    const tick = () => setNow(serverNow());
    tick();
    const timer = setInterval(tick, reduced() ? 1_000 : everyMs);
    return () => clearInterval(timer);
  }, [running, everyMs, frozen]);
  return frozen ?? now;
}
