'use client';

import './failures.css';
import './failures-small.css';
import { useState } from 'react';
import { AsOf, Failure, Skeleton } from '@/ui/states.tsx';
import { FaultEditor } from './fault-editor.tsx';
import { FaultGrid } from './fault-grid.tsx';
import type { Operation } from './operations.ts';
import { PresetBar } from './preset-bar.tsx';
import { useFaults } from './use-faults.ts';

export function FailuresPage() {
  const { list, faults, toggle } = useFaults();
  const [operation, setOperation] = useState<Operation>('payment.charge');
  return (
    <div className="failures-page">
      <div className="fhead">
        <div>
          <h1>Failures</h1>
          <p>
            Each service can be told to fail. What you set here is real: sagas in flight meet it.
          </p>
        </div>
        <div className="a">
          <AsOf />
        </div>
      </div>
      {list.error && <Failure error={list.error} retry={() => void list.refetch()} />}
      <PresetBar
        faults={faults}
        isBusy={toggle.isPending}
        onToggle={(preset) => toggle.mutate(preset)}
      />
      <div className="two">
        {list.isPending ? (
          <section className="card">
            <Skeleton rows={10} height={52} />
          </section>
        ) : (
          <FaultGrid faults={faults} selected={operation} onSelect={setOperation} />
        )}
        <div className="stackc">
          {/* Not before the rules are known: it begins with what the operation's own says. */}
          {list.isPending ? (
            <section className="card">
              <Skeleton rows={10} height={52} />
            </section>
          ) : (
            <FaultEditor
              key={operation}
              operation={operation}
              existing={faults.findLast((fault) => fault.operation === operation)}
              onOperation={setOperation}
            />
          )}
        </div>
      </div>
    </div>
  );
}
