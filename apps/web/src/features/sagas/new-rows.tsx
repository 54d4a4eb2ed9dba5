'use client';

import { count } from '@/lib/format.ts';
import { useLive, useRowsVersion } from '@/lib/live/context.ts';
import type { SagaRow } from '@/lib/trpc.ts';
import { Icon } from '@/ui/icon.tsx';

interface NewRowsProps {
  readonly shown: readonly SagaRow[];
  readonly filter: {
    readonly status?: readonly string[];
    readonly style?: string;
    readonly stalled?: boolean;
    readonly definition?: string;
    readonly search?: string;
    readonly correlationId?: string;
  };
  readonly onShow: () => unknown;
}

/** New sagas gather here instead of moving rows under the pointer. */
export function NewRows({ shown, filter, onShow }: NewRowsProps) {
  useRowsVersion();
  const { rows } = useLive();
  // A summary does not say which launch it is of.
  if (filter.correlationId) return null;
  const known = new Set(shown.map(({ id }) => id));
  const newest = shown[0]?.createdAt ?? '';
  const fresh = rows
    .all()
    .filter((saga) => !known.has(saga.id) && saga.createdAt > newest && fits(saga, filter));
  if (fresh.length === 0) return null;
  return (
    <button type="button" className="new" onClick={onShow}>
      <Icon name="up" />
      {count(fresh.length)} new
    </button>
  );
}

function fits(
  saga: SagaRow,
  { status, style, stalled, definition, search }: NewRowsProps['filter'],
): boolean {
  if (status && !status.includes(saga.status)) return false;
  if (definition && definition !== saga.definition) return false;
  if (stalled && !saga.stalled) return false;
  if (style && style !== saga.style) return false;
  return (
    !search || saga.id.endsWith(search) || saga.businessKey === search || saga.subject === search
  );
}
