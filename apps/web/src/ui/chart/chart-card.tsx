'use client';

import { type ReactNode, useState } from 'react';
import { Card } from '@/ui/card.tsx';
import { ViewSwitch } from '@/ui/view-switch.tsx';
import { Chart } from './chart.tsx';
import { ChartTable } from './chart-table.tsx';
import { Legend } from './legend.tsx';
import type { ChartData } from './types.ts';

interface ChartCardProps {
  readonly title: string;
  readonly data: ChartData | undefined;
  /** Stands there until there is data. */
  readonly before: ReactNode;
}

/** A chart with its legend and its table twin. */
export function ChartCard({ title, data, before }: ChartCardProps) {
  const [isTable, setTable] = useState(false);
  const [index, setIndex] = useState<number>();
  return (
    <Card
      title={title}
      className="chart-card"
      label={title}
      aside={
        <>
          {data && <Legend data={data} index={index} />}
          <ViewSwitch isTable={isTable} onChange={setTable} />
        </>
      }
    >
      {!data && before}
      {data && !isTable && <Chart data={data} onPoint={setIndex} />}
      {data && isTable && <ChartTable data={data} />}
    </Card>
  );
}
