import type { FaultDraft } from './fault-draft.ts';
import { type Kind, kinds, type Operation, operations } from './operations.ts';

interface SentenceFieldsProps {
  readonly operation: Operation;
  readonly draft: FaultDraft;
  readonly onOperation: (operation: Operation) => void;
  readonly onChange: (part: Partial<FaultDraft>) => void;
}

/** When [operation] is called, it [breaks so] for [which calls] of [which orders] until [when]. */
export function SentenceFields({ operation, draft, onOperation, onChange }: SentenceFieldsProps) {
  const number = (
    field: 'calls' | 'percent' | 'delayMs' | 'jitterMs' | 'minutes',
    label: string,
  ) => (
    <input
      className="sel"
      inputMode="numeric"
      aria-label={label}
      value={draft[field]}
      onChange={(event) => onChange({ [field]: event.target.value.trim() })}
    />
  );
  return (
    <div className="sentence" role="group" aria-label="The fault as a sentence">
      When{' '}
      <select
        className="sel mono"
        aria-label="Operation"
        value={operation}
        onChange={(event) => onOperation(pick(operations, event.target.value, operation))}
      >
        {operations.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>{' '}
      is called, it{' '}
      <select
        className="sel"
        aria-label="What happens"
        value={draft.kind}
        onChange={(event) =>
          onChange({
            kind: pick(
              kinds.map(({ kind }): Kind => kind),
              event.target.value,
              draft.kind,
            ),
          })
        }
      >
        {kinds.map(({ kind, verb }) => (
          <option key={kind} value={kind}>
            {verb}
          </option>
        ))}
      </select>{' '}
      {draft.kind === 'delay' && (
        <>
          by {number('delayMs', 'Delay in milliseconds')} ms and up to{' '}
          {number('jitterMs', 'Jitter in milliseconds')} ms more{' '}
        </>
      )}
      for{' '}
      <select
        className="sel"
        aria-label="Which calls"
        value={draft.scope}
        onChange={(event) =>
          onChange({
            scope: pick(['every', 'share', 'next'] as const, event.target.value, draft.scope),
          })
        }
      >
        <option value="next">the next</option>
        <option value="share">a share</option>
        <option value="every">every call</option>
      </select>{' '}
      {draft.scope === 'next' && <>{number('calls', 'Number of calls')} calls </>}
      {draft.scope === 'share' && <>{number('percent', 'Share in per cent')} % of calls </>}
      of{' '}
      <select
        className="sel"
        aria-label="Which orders"
        value={draft.match}
        onChange={(event) =>
          onChange({
            match: pick(['any', 'order', 'sku'] as const, event.target.value, draft.match),
          })
        }
      >
        <option value="any">any order</option>
        <option value="order">one order</option>
        <option value="sku">orders with</option>
      </select>
      {draft.match === 'order' && (
        <input
          className="sel long"
          aria-label="Order id"
          value={draft.orderId}
          onChange={(event) => onChange({ orderId: event.target.value })}
        />
      )}
      {draft.match === 'sku' && (
        <input
          className="sel long"
          aria-label="Sku"
          value={draft.sku}
          onChange={(event) => onChange({ sku: event.target.value.toUpperCase() })}
        />
      )}{' '}
      until{' '}
      <select
        className="sel"
        aria-label="Until when"
        value={draft.minutes === '' ? '' : 'minutes'}
        onChange={(event) => onChange({ minutes: event.target.value === '' ? '' : '10' })}
      >
        <option value="">{draft.scope === 'next' ? 'it is used up' : 'it is cleared'}</option>
        <option value="minutes">a time has passed</option>
      </select>
      {draft.minutes !== '' && <> of {number('minutes', 'Minutes')} minutes</>}.
    </div>
  );
}

/** The choice that a select reports, as one of those it offers. */
function pick<T extends string>(choices: readonly T[], value: string, before: T): T {
  return choices.find((choice) => choice === value) ?? before;
}
