import type { Fault } from '@/lib/trpc.ts';
import { type Kind, type Operation, serviceOf } from './operations.ts';

/** The editor's fields as typed; turned into a rule only when they make one. */
export interface FaultDraft {
  readonly kind: Kind;
  readonly scope: 'every' | 'share' | 'next';
  readonly percent: string;
  readonly calls: string;
  readonly delayMs: string;
  readonly jitterMs: string;
  readonly match: 'any' | 'order' | 'sku';
  readonly orderId: string;
  readonly sku: string;
  readonly minutes: string;
}

export function draftOf(fault: Fault | undefined): FaultDraft {
  return {
    kind: fault?.kind ?? 'fail-after-commit',
    scope:
      fault === undefined || fault.nextCalls !== undefined
        ? 'next'
        : fault.probability !== undefined
          ? 'share'
          : 'every',
    percent: String(Math.round((fault?.probability ?? 0.3) * 100)),
    calls: String(fault?.remaining ?? fault?.nextCalls ?? 5),
    delayMs: String(fault?.delayMs ?? 1_500),
    jitterMs: String(fault?.jitterMs ?? ''),
    match: fault?.orderId ? 'order' : fault?.sku ? 'sku' : 'any',
    orderId: fault?.orderId ?? '',
    sku: fault?.sku ?? '',
    minutes: '',
  };
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The first thing that keeps the draft from being a rule, as a sentence. */
export function problemOf(draft: FaultDraft): string | undefined {
  const whole = (text: string, max: number) =>
    /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= max;
  if (draft.scope === 'share' && !whole(draft.percent, 100))
    return 'Give the share as a whole number from 1 to 100 %.';
  if (draft.scope === 'next' && !whole(draft.calls, 10_000))
    return 'Give the number of calls, from 1 to 10000.';
  if (draft.kind === 'delay' && !whole(draft.delayMs, 60_000))
    return 'Give the delay in milliseconds, from 1 to 60000.';
  if (draft.kind === 'delay' && draft.jitterMs !== '' && !whole(draft.jitterMs, 60_000)) {
    return 'Give the jitter in milliseconds, from 1 to 60000, or leave it empty.';
  }
  if (draft.match === 'order' && !uuid.test(draft.orderId.trim()))
    return 'Paste the whole order id; the order’s saga page shows it.';
  if (draft.match === 'sku' && draft.sku.trim() === '')
    return 'Name the product by its sku, for instance WAL-TRAY-02.';
  if (draft.minutes !== '' && !whole(draft.minutes, 1_440))
    return 'Give the time in minutes, up to 1440.';
  return undefined;
}

export function ruleOf(operation: Operation, draft: FaultDraft, now: number) {
  return {
    service: serviceOf(operation),
    operation,
    kind: draft.kind,
    ...(draft.kind === 'delay' && { delayMs: Number(draft.delayMs) }),
    ...(draft.kind === 'delay' && draft.jitterMs !== '' && { jitterMs: Number(draft.jitterMs) }),
    ...(draft.scope === 'share' && { probability: Number(draft.percent) / 100 }),
    ...(draft.scope === 'next' && { nextCalls: Number(draft.calls) }),
    ...(draft.match === 'order' && { orderId: draft.orderId.trim() }),
    ...(draft.match === 'sku' && { sku: draft.sku.trim() }),
    ...(draft.minutes !== '' && {
      expiresAt: new Date(now + Number(draft.minutes) * 60_000).toISOString(),
    }),
  };
}
