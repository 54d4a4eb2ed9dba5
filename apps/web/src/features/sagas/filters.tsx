'use client';

import type { ReactNode } from 'react';
import { useDefinitions } from '@/lib/definitions.ts';
import { tail } from '@/lib/format.ts';
import { Icon } from '@/ui/icon.tsx';
import type { useFilter } from './use-filter.ts';

export function Filters({
  filter,
  children,
}: {
  filter: ReturnType<typeof useFilter>;
  children: ReactNode;
}) {
  const known = useDefinitions().data?.map(({ name }) => name) ?? [];
  // One in the URL may be known to workers alone.
  const names = [...new Set([...known, ...(filter.definition ? [filter.definition] : [])])];
  return (
    <div className="fl" role="group" aria-label="Filters">
      {children}
      <label className="pill">
        <span>Saga</span>
        <select
          value={filter.definition}
          onChange={(event) => filter.change({ definition: event.target.value })}
        >
          <option value="">any</option>
          {names.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label className="pill">
        <span>Style</span>
        <select
          value={filter.style ?? ''}
          onChange={(event) => filter.change({ style: event.target.value })}
        >
          <option value="">any</option>
          <option value="orchestration">orchestration</option>
          <option value="choreography">choreography</option>
        </select>
      </label>
      {filter.batch && (
        <button type="button" className="pill" onClick={() => filter.change({ batch: undefined })}>
          <span>Launch</span>…{tail(filter.batch)}
          <Icon name="cross" label="Remove this filter" />
        </button>
      )}
    </div>
  );
}
