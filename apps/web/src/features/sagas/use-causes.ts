'use client';

import { useQuery } from '@tanstack/react-query';
import { type Cause, useTRPC } from '@/lib/trpc.ts';
import type { SagaRow } from '@/lib/trpc.ts';
import type { Filter } from './use-filter.ts';

/** Two sagas stand at the same cause when these are equal; so the server sorts them, too. */
export const causeKey = ({
  definition,
  direction,
  step,
  code,
}: Pick<Cause, 'definition' | 'direction' | 'step' | 'code'>) =>
  [definition, direction, step, code].join('/');

export const causeOf = ({ definition, current }: SagaRow): string =>
  causeKey({
    definition,
    direction: current?.direction ?? 'action',
    step: current?.step ?? '',
    code: current?.error?.code ?? '',
  });

/** Why sagas are stuck, by cause; asked for by the view that is grouped by it alone. */
export function useCauses({ query, isByCause, impossible }: Filter) {
  const trpc = useTRPC();
  const { status: _status, view: _view, ...filter } = query;
  return useQuery(
    trpc.sagas.causes.queryOptions(filter, {
      enabled: isByCause && impossible === undefined,
      refetchInterval: 5_000,
    }),
  );
}
