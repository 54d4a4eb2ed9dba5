import type { Ledger, Saga } from '@/lib/trpc.ts';
import { Icon } from '@/ui/icon.tsx';
import { balanceOf } from './balance-of.ts';

/** Whether the four services agree, in one line. */
export function Balance({ ledger, saga }: { ledger: Ledger; saga: Saga }) {
  return (
    <div className="bal">
      {balanceOf(ledger, saga).map(({ name, text, state }) => (
        <span key={name} className={`st ${state === 'ok' ? 'ok' : 'wt'}`}>
          <Icon name={icons[state]} label={words[state]} />
          <span className={state === 'off' ? 'c-stuck' : ''}>
            {name}: {text}
          </span>
        </span>
      ))}
    </div>
  );
}

const icons = { ok: 'check', due: 'clock', off: 'cross' } as const;
const words = { ok: 'holds', due: 'on its way', off: 'does not agree' } as const;
