import type { Fault } from '@/lib/trpc.ts';
import { Icon } from '@/ui/icon.tsx';
import { FaultCountdown } from './fault-countdown.tsx';
import { FaultSentence } from './fault-sentence.tsx';
import type { Operation } from './operations.ts';

interface FaultCellProps {
  readonly operation: Operation;
  readonly note: string;
  readonly faults: readonly Fault[];
  readonly isSelected: boolean;
  readonly onSelect: () => void;
}

export function FaultCell({ operation, note, faults, isSelected, onSelect }: FaultCellProps) {
  return (
    <button
      type="button"
      className={isSelected ? 'cell edit' : 'cell'}
      aria-pressed={isSelected}
      data-operation={operation}
      data-active={faults.length > 0}
      onClick={onSelect}
    >
      <span className="h">
        <code className="op">{operation}</code>
        <span className="cl">
          {note === 'pivot' && <Icon name="diamond" />}
          {note}
        </span>
      </span>
      {faults.map((fault) => (
        <span key={fault.id} className="sent">
          <b>
            <FaultSentence fault={fault} withName={false} />
          </b>
          <FaultCountdown fault={fault} />
        </span>
      ))}
      {faults.length === 0 ? (
        <span className="foot add">
          <Icon name="plus" />
          Make it fail
        </span>
      ) : (
        <span className="foot">
          <span className="c-fault st">
            <Icon name="bolt" />
            <span>active</span>
          </span>
        </span>
      )}
    </button>
  );
}
