'use client';

import { useId, useState } from 'react';
import { plural } from '@/lib/format.ts';
import { Card } from '@/ui/card.tsx';
import { Empty, Failure, Skeleton } from '@/ui/states.tsx';
import { ServiceLetters } from './service-letters.tsx';
import { type Search, services, useDeadLetters } from './use-dead-letters.ts';

/** Messages that services have given up: each waits for somebody to redrive it. */
export function DeadLettersCard() {
  const [step, setStep] = useState('');
  const [code, setCode] = useState('');
  const search: Search = {
    ...(step.trim() && { step: step.trim() }),
    ...(code.trim() && { code: code.trim() }),
  };
  const lists = useDeadLetters(search);
  const failed = lists.find(({ error }) => error);
  const total = lists.reduce((sum, { data }) => sum + (data?.total ?? 0), 0);
  const isSearching = Object.keys(search).length > 0;
  return (
    <Card
      title="Dead letters"
      note={lists.some(({ data }) => data) && `${plural(total, 'message')} given up.`}
      className="dead-letters"
      label="Dead letters"
    >
      <div className="letters-search">
        <Find label="Step" placeholder="order.confirm" value={step} onChange={setStep} />
        <Find label="Error code" placeholder="EXPIRED" value={code} onChange={setCode} />
      </div>
      {failed?.error && <Failure error={failed.error} retry={() => void failed.refetch()} />}
      {lists.some(({ isPending }) => isPending) && <Skeleton rows={2} />}
      {lists.every(({ data }) => data?.total === 0) && (
        <Empty>
          {isSearching
            ? 'No dead letter matches.'
            : 'No dead letters. What services could not handle yet is tried again by itself.'}
        </Empty>
      )}
      {services.map((service, index) => {
        const list = lists[index]?.data;
        if (!list || list.total === 0) return null;
        return (
          <ServiceLetters
            key={service}
            service={service}
            letters={list.items}
            total={list.total}
            search={search}
          />
        );
      })}
    </Card>
  );
}

interface FindProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Find({ label, placeholder, value, onChange }: FindProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        value={value}
        placeholder={placeholder}
        maxLength={100}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
