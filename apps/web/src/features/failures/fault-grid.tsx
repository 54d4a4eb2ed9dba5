import type { Fault } from '@/lib/trpc.ts';
import { Card } from '@/ui/card.tsx';
import { Icon } from '@/ui/icon.tsx';
import { FaultCell } from './fault-cell.tsx';
import { grid, type Operation } from './operations.ts';

interface FaultGridProps {
  readonly faults: readonly Fault[];
  readonly selected: Operation;
  readonly onSelect: (operation: Operation) => void;
}

/** Every operation that can be told to fail, counter-steps included. */
export function FaultGrid({ faults, selected, onSelect }: FaultGridProps) {
  const cell = (operation: Operation, note: string) => {
    const its = faults.filter((fault) => fault.operation === operation);
    return (
      <td className={its.length > 0 ? 'on' : ''}>
        <FaultCell
          operation={operation}
          note={note}
          faults={its}
          isSelected={selected === operation}
          onSelect={() => onSelect(operation)}
        />
      </td>
    );
  };
  return (
    <Card title="Services and operations" note="every worker obeys a rule before it is confirmed">
      <table className="fg">
        <thead>
          <tr>
            <th scope="col">Service</th>
            <th scope="col">Action</th>
            <th scope="col">Counter-step</th>
          </tr>
        </thead>
        <tbody>
          {grid.map(({ service, word, icon, action, note, undo, blank }, index) => {
            const isFirst = grid[index - 1]?.service !== service;
            const span = grid.filter((row) => row.service === service).length;
            return (
              <tr key={action}>
                {isFirst && (
                  <th scope="rowgroup" rowSpan={span}>
                    <Icon name={icon} />
                    {word}
                  </th>
                )}
                {cell(action, note)}
                {undo ? (
                  cell(undo, `undoes ${action.split('.')[1] ?? action}`)
                ) : (
                  <td className="blank">
                    <span className="none">{blank}</span>
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </Card>
  );
}
