'use client';

import { useMemo } from 'react';
import { useUrlState } from '@/lib/url-state.ts';
import { tabOf } from './tabs.ts';

const styles = ['orchestration', 'choreography'] as const;

/** The list's filter, all of it in the URL. */
export function useFilter() {
  const { params, change, hrefWith } = useUrlState();
  const tab = tabOf(params.get('tab'));
  const search = params.get('search') ?? '';
  const style = styles.find((known) => known === params.get('style'));
  const definition = params.get('definition') ?? '';
  const batch = params.get('batch') ?? '';
  const query = useMemo(
    () => ({
      ...(tab.statuses && { status: [...tab.statuses] }),
      ...(tab.stalled && { stalled: true }),
      ...(search && { search }),
      ...(style && { style }),
      ...(definition && { definition }),
      ...(batch && { correlationId: batch }),
    }),
    [tab, search, style, definition, batch],
  );
  return { tab, search, style, definition, batch, query, change, hrefWith };
}
