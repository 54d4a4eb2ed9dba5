import type { RefCallback } from 'react';
import { LongBody } from '@/ui/long-body.tsx';
import { Mark } from '@/ui/status-mark.tsx';
import type { Selection } from '../selection.ts';
import type { Lane } from './lanes.ts';
import { secondsAfter } from './layout.ts';
import { whereOf } from './row-sentence.ts';
import type { SequenceRow } from './row.ts';
import { isChosen } from './sequence-diagram.tsx';

interface SequenceTableProps {
  readonly lanes: readonly Lane[];
  readonly rows: readonly SequenceRow[];
  readonly startedAt: string;
  readonly selection: Selection;
}

/** The same rows, with nothing cut short. */
export function SequenceTable({ lanes, rows, startedAt, selection }: SequenceTableProps) {
  return (
    <div className="scroll" tabIndex={0} role="group" aria-label="Sequence as a table">
      <table className="dense sq-table" aria-rowcount={rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className="n">
              After
            </th>
            <th scope="col">What</th>
            <th scope="col">Kind</th>
            <th scope="col">Where</th>
            <th scope="col">Detail</th>
          </tr>
        </thead>
        <LongBody
          count={rows.length}
          keyOf={(index) => index}
          renderRow={(index, measure) => {
            const row = rows[index];
            return (
              row && (
                <TableRow
                  key={`${row.kind} ${row.seq}`}
                  row={row}
                  index={index}
                  lanes={lanes}
                  startedAt={startedAt}
                  selection={selection}
                  {...(measure && { measure })}
                />
              )
            );
          }}
        />
      </table>
    </div>
  );
}

interface TableRowProps extends Omit<SequenceTableProps, 'rows'> {
  readonly row: SequenceRow;
  readonly index: number;
  readonly measure?: RefCallback<Element>;
}

function TableRow({ row, index, measure, lanes, startedAt, selection }: TableRowProps) {
  const { step, way, attempt } = row;
  return (
    <tr
      ref={measure}
      data-index={index}
      aria-rowindex={index + 2}
      className={isChosen(row, selection) ? 'on' : ''}
    >
      <td className="n nw">{secondsAfter(startedAt, row.at)}</td>
      <td className="nw">
        {step === undefined ? (
          row.label
        ) : (
          <button type="button" className="lk" onClick={() => selection.select(step, way, attempt)}>
            {row.label}
          </button>
        )}
      </td>
      <td className="nw">
        <Mark look={row.look} />
      </td>
      <td className="nw">{whereOf(row, lanes)}</td>
      <td>{row.note}</td>
    </tr>
  );
}
