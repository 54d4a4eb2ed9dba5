import type { ReactNode } from 'react';
import { useDefinitions } from '@/lib/definitions.ts';
import { tail } from '@/lib/format.ts';
import { Icon } from '@/ui/icon.tsx';
import { groups, styles } from './params.ts';
import type { Filter } from './use-filter.ts';

interface FiltersProps {
  readonly filter: Filter;
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

export function Filters({ filter, note, children }: FiltersProps) {
  const known = useDefinitions().data?.map(({ name }) => name) ?? [];
  // One in the URL may be known to workers alone.
  const names = [...new Set([...known, ...(filter.definition ? [filter.definition] : [])])];
  const { change, unknown, batch } = filter;
  return (
    <div className="fl" role="group" aria-label="Filters">
      {children}
      {filter.tab.id === 'stuck' && (
        <Choice
          word="Group by"
          value={filter.group}
          values={groups}
          onChange={(group) => change({ group: groups.find((known) => known === group) ?? null })}
        />
      )}
      <Choice
        word="Style"
        value={filter.style ?? ''}
        values={styles}
        any
        onChange={(style) => change({ style: styles.find((known) => known === style) ?? null })}
      />
      <Choice
        word="Saga"
        value={filter.definition}
        values={names}
        any
        onChange={(definition) => change({ definition })}
      />
      {batch && (
        <button type="button" className="pill" onClick={() => change({ batch: '' })}>
          <span>Launch</span>…{tail(batch)}
          <Icon name="cross" label="Remove this filter" />
        </button>
      )}
      {unknown.map(({ name, given }) => (
        <button
          key={name}
          type="button"
          className="pill odd"
          onClick={() => change({ [name]: null })}
        >
          <Icon name="question" />
          <span>
            No {name} “{given}”, left out
          </span>
          <Icon name="cross" label="Remove it from the address" />
        </button>
      ))}
      {note && <span className="note">{note}</span>}
    </div>
  );
}

interface ChoiceProps {
  readonly word: string;
  readonly value: string;
  readonly values: readonly string[];
  readonly any?: boolean;
  readonly onChange: (value: string) => void;
}

function Choice({ word, value, values, any = false, onChange }: ChoiceProps) {
  return (
    <label className="pill">
      <span>{word}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {any && <option value="">any</option>}
        {values.map((each) => (
          <option key={each}>{each}</option>
        ))}
      </select>
    </label>
  );
}
