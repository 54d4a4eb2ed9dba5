import { tracked } from '@trpc/server';
import type { Backend } from '../backend.ts';
import { takePlace } from './limit.ts';
import { type StreamRequest, stream } from './stream.ts';

/** Frames whose id is the position in the watched log: a client that comes back resumes from there. */
export async function* runStream(
  backend: Backend,
  request: StreamRequest,
  signal: AbortSignal | undefined,
) {
  const leave = takePlace();
  try {
    const ended = signal ?? new AbortController().signal;
    for await (const { frame, seq } of stream(backend, request, ended)) {
      yield tracked(String(seq), frame);
    }
  } finally {
    leave();
  }
}

/** Sequences are Postgres integers; an id that is none counts as nothing seen. */
const seqMax = 2_147_483_647;

/** After a reconnect the last seen id counts, before it the position that the page asked for. */
export function resumeFrom(afterSeq: number | undefined, lastEventId: string | undefined): number {
  const seen = Number(lastEventId);
  const isSequence = Number.isInteger(seen) && seen > 0 && seen <= seqMax;
  return Math.max(afterSeq ?? 0, isSequence ? seen : 0);
}
