'use client';

import { type FormEvent, useState } from 'react';
import { money } from '@/lib/format.ts';
import type { Account, Product } from '@/lib/trpc.ts';
import { Card } from '@/ui/card.tsx';
import { Icon } from '@/ui/icon.tsx';
import { Failure } from '@/ui/states.tsx';
import { type Draft, forecast, isValid, type StyleChoice, totalOf } from './draft.ts';
import { faultChoices } from './fault-choices.ts';
import { Lines } from './lines.tsx';
import { StepPreview } from './step-preview.tsx';
import { StyleField } from './style-field.tsx';
import { usePlacing } from './use-placing.ts';

export function OrderForm({
  style,
  products,
  accounts,
}: {
  style: StyleChoice;
  products: readonly Product[];
  accounts: readonly Account[];
}) {
  const [draft, setDraft] = useState<Draft>(() => ({
    customerId: accounts[0]?.customerId ?? '',
    lines: [{ key: 0, sku: products[0]?.sku ?? '', quantity: '1' }],
    style,
    fault: '',
  }));
  const placing = usePlacing();
  const account = accounts.find(({ customerId }) => customerId === draft.customerId);
  const total = totalOf(draft, products);
  const warning = forecast(draft, products, account);

  function change(part: Partial<Draft>) {
    setDraft({ ...draft, ...part });
    placing.changed();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isValid(draft)) void placing.place(draft);
  }

  return (
    <form className="of" onSubmit={submit} noValidate>
      <Card title="Order" aside={total !== undefined && <b>{money(total)}</b>}>
        <div className="of-body">
          <label className="lab" htmlFor="customer">
            Customer
          </label>
          <select
            id="customer"
            className="select"
            value={draft.customerId}
            onChange={(event) => change({ customerId: event.target.value })}
          >
            {accounts.map(({ customerId, paymentLimit }) => (
              <option key={customerId} value={customerId}>
                {customerId}, up to {money(paymentLimit)} a charge
              </option>
            ))}
          </select>
          <Lines lines={draft.lines} products={products} onChange={(lines) => change({ lines })} />
          <StyleField style={draft.style} onChange={(style) => change({ style })} />
          <label className="lab" htmlFor="fault">
            What goes wrong with it
          </label>
          <select
            id="fault"
            className="select"
            value={draft.fault}
            onChange={(event) => change({ fault: event.target.value })}
          >
            {faultChoices.map(({ id, word }) => (
              <option key={id} value={id}>
                {word}
              </option>
            ))}
          </select>
          {draft.fault && (
            <p className="note">
              Switched on for the next call of that operation, whichever order makes it.
            </p>
          )}
          {warning && (
            <p className="note of-warning">
              <Icon name="undo" /> {warning}
            </p>
          )}
          {placing.error && <Failure error={placing.error} />}
          <div className="of-go">
            {/* Not disabled while it sends: a second click is safe, and shows it. */}
            <button type="submit" className="btn primary">
              <Icon name="plus" />
              Place {draft.style === 'both' ? 'both orders' : 'the order'}
            </button>
            <span className="note" role="status">
              {placing.isSending && 'Sending…'}
              {!placing.isSending &&
                placing.placed &&
                (placing.placed.duplicate ? 'Same order again: the key was known.' : 'Placed.')}
            </span>
          </div>
        </div>
      </Card>
      <StepPreview style={draft.style} />
    </form>
  );
}
