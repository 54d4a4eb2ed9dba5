'use client';

import './sequence.css';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNow } from '@/lib/time/now.ts';
import { type Saga, type SagaEvent, useTRPC } from '@/lib/trpc.ts';
import { Card } from '@/ui/card.tsx';
import { isFinished } from '@/ui/status.ts';
import { ViewSwitch } from '@/ui/view-switch.tsx';
import { ledgerOptions } from '../ledger-options.ts';
import type { Selection } from '../selection.ts';
import { lanesOf } from './lanes.ts';
import { readSequence } from './read-sequence.ts';
import { SequenceDiagram } from './sequence-diagram.tsx';
import { SequenceKey } from './sequence-key.tsx';
import { SequenceTable } from './sequence-table.tsx';

interface SequenceCardProps {
  readonly saga: Saga;
  readonly events: readonly SagaEvent[];
  readonly selection: Selection;
}

/** Who told whom, in the order of arrival: what was lost, what came twice, what was committed. */
export function SequenceCard({ saga, events, selection }: SequenceCardProps) {
  const trpc = useTRPC();
  const [isTable, setTable] = useState(false);
  // Once a second is enough to notice that a copy has become due.
  const now = useNow(!isFinished(saga.status), 1_000);
  // Without it the drawing is right too, but knows less of when an effect was committed.
  const ledger = useQuery(ledgerOptions(trpc, saga.id));
  const lanes = lanesOf(saga);
  const effects = ledger.data?.effects ?? [];
  const rows = readSequence(saga, events, effects, new Date(now).toISOString());
  const shared = { lanes, rows, startedAt: saga.createdAt, selection };
  return (
    <Card
      title="Sequence"
      note={<SequenceKey isLeaderless={saga.style === 'choreography'} />}
      className="sq-card"
      aside={<ViewSwitch isTable={isTable} onChange={setTable} />}
    >
      {isTable ? <SequenceTable {...shared} /> : <SequenceDiagram {...shared} />}
    </Card>
  );
}
