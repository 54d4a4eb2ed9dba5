import { count, money } from '@/lib/format.ts';
import type { SagaRow } from '@/lib/trpc.ts';
import { Icon } from '@/ui/icon.tsx';
import { sagaLooks } from '@/ui/status.ts';
import { returnOf } from './at-stake.tsx';
import { type BulkAction, bulkWords } from './bulk-words.ts';
import type { Filter } from './use-filter.ts';
import type { Choosing } from './use-selection.ts';

interface BulkBarProps {
  readonly filter: Filter;
  readonly rows: readonly SagaRow[];
  /** How many the view finds; unknown where it is narrowed further. */
  readonly total: number | undefined;
  readonly choosing: Choosing;
  readonly onAct: (action: BulkAction) => void;
}

const actions: readonly BulkAction[] = ['retry', 'skip', 'settle', 'compensate', 'cancel'];

/** What is chosen and what can be done with it; nothing is done before its own confirmation. */
export function BulkBar({ filter, rows, total, choosing, onAct }: BulkBarProps) {
  const { selected } = filter;
  const isAll = selected === 'all';
  const chosen = isAll ? rows : rows.filter(({ id }) => selected.includes(id));
  const number = isAll ? total : selected.length;
  if (number === 0 || selected.length === 0) return null;
  const words = number === undefined ? 'All of this view' : `${count(number)} chosen`;
  const isEachLoaded = !isAll && selected.length >= Math.min(rows.length, 2);
  return (
    <div className="bulk" role="region" aria-label="Chosen sagas">
      <b>{words}</b>
      <span className="pvw">
        {isAll ? 'Everything that this view finds and that is in flight.' : summary(chosen)}
        {isEachLoaded && (total ?? rows.length + 1) > selected.length && (
          <button type="button" className="lk" onClick={choosing.chooseAll}>
            Choose all{total === undefined ? '' : ` ${count(total)}`} of this view
          </button>
        )}
      </span>
      {actions.map((action) => (
        <button
          key={action}
          type="button"
          className={action === 'retry' ? 'btn primary' : 'btn'}
          onClick={() => onAct(action)}
        >
          <Icon name={bulkWords[action].icon} />
          {bulkWords[action].verb}…
        </button>
      ))}
      <button type="button" className="ib" aria-label="Choose nothing" onClick={choosing.clear}>
        <Icon name="cross" />
      </button>
    </div>
  );
}

/** 3 stuck, 2 running; up to €812.50 to return. */
function summary(chosen: readonly SagaRow[]): string {
  const byStatus = new Map<string, number>();
  for (const { status } of chosen) {
    const word = sagaLooks[status].word.toLowerCase();
    byStatus.set(word, (byStatus.get(word) ?? 0) + 1);
  }
  const words = [...byStatus].map(([word, number]) => `${count(number)} ${word}`).join(', ');
  const toReturn = chosen.reduce((sum, saga) => sum + returnOf(saga), 0);
  return toReturn > 0 ? `${words}, up to ${money(toReturn)} to return.` : `${words}.`;
}
