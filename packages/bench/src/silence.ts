import { startStack } from './stack.ts';
import { type Death, takeoverTimes } from './takeover.ts';

/** Takeover times after both kinds of death. Run by itself: each silent death costs a lease. */
const counts: Readonly<Record<Death, number>> = { SIGKILL: 10, SIGSTOP: 10 };

const stack = await startStack();
try {
  for (const death of ['SIGKILL', 'SIGSTOP'] as const) {
    const times = (await takeoverTimes(stack, counts[death], death)).toSorted((a, b) => a - b);
    const at = (q: number) =>
      Math.round(times[Math.min(times.length - 1, Math.floor(times.length * q))] ?? 0);
    console.log(
      `${death} to another owner, ${times.length} times: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`,
    );
  }
} finally {
  await stack.stop();
}
