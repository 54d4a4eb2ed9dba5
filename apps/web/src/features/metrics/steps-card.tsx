'use client';

import { useState } from 'react';
import { count, plural } from '@/lib/format.ts';
import { Card } from '@/ui/card.tsx';
import { Empty, Failure, Skeleton } from '@/ui/states.tsx';
import { ViewSwitch } from '@/ui/view-switch.tsx';
import { StepBars } from './step-bars.tsx';
import { StepTable } from './step-table.tsx';
import { useSteps } from './use-flow.ts';
import type { Window } from './window.ts';

/** How long each step takes to answer, and what share of its attempts comes to nothing. */
export function StepsCard({ window }: { window: Window }) {
  const [isTable, setTable] = useState(false);
  const steps = useSteps(window);
  const { ended = 0, sampled = 0, steps: rows = [] } = steps.data ?? {};
  const isSample = sampled < ended;
  return (
    <Card
      title="Steps"
      note={
        steps.data &&
        (isSample
          ? `from the logs of ${count(sampled)} of ${count(ended)} sagas that ended`
          : `from the logs of ${plural(sampled, 'saga')} that ended or are stuck`)
      }
      className="msteps"
      aside={<ViewSwitch isTable={isTable} onChange={setTable} />}
    >
      {steps.error && <Failure error={steps.error} retry={() => void steps.refetch()} />}
      {steps.isPending && <Skeleton rows={8} height={40} />}
      {steps.data && rows.length === 0 && (
        <Empty>No saga has ended in this window, and none is stuck.</Empty>
      )}
      {rows.length > 0 && (isTable ? <StepTable steps={rows} /> : <StepBars steps={rows} />)}
    </Card>
  );
}
