import type { ReactNode } from 'react';
import { money } from '@/lib/format.ts';
import type { Ledger } from '@/lib/trpc.ts';
import { Icon, type IconName } from '@/ui/icon.tsx';
import { ShortId } from '@/ui/id.tsx';
import type { Attempt } from './attempts.ts';
import type { Selection } from './selection.ts';

/** Which step and direction wrote a row; the ledger says it, the log has the event. */
type WrittenBy = NonNullable<Ledger['order']>['writtenBy'];

interface LedgerRowsProps {
  readonly ledger: Ledger;
  readonly attempts: readonly Attempt[];
  readonly selection: Selection;
}

export function LedgerRows({ ledger, attempts, selection }: LedgerRowsProps) {
  const { order, reservations, payment, shipment } = ledger;
  const tie = (by: WrittenBy): Tie => ({ by, attempts, selection });
  return (
    <div className="ledger">
      <Service
        icon="receipt"
        name="Order"
        isEmpty={!order}
        none="No order: order.create has not applied."
      >
        {order && (
          <Entry what={<ShortId id={order.orderId} prefix="ord_" />} {...tie(order.writtenBy)}>
            {order.status}
            <br />
            <span className="mute">{money(order.total)}</span>
          </Entry>
        )}
      </Service>
      <Service
        icon="box"
        name="Inventory"
        isEmpty={reservations.length === 0}
        none="Nothing is reserved."
      >
        {reservations.map((row) => (
          <Entry key={row.sku} what={`${row.quantity} × ${row.sku}`} {...tie(row.writtenBy)}>
            <span className={row.status === 'released' ? 'c-back' : ''}>{row.status}</span>
          </Entry>
        ))}
      </Service>
      <Service icon="card" name="Payment" isEmpty={!payment} none="Nothing is captured.">
        {payment && (
          <>
            <Entry what="Captured" {...tie({ step: 'payment.charge', direction: 'action' })}>
              {money(payment.amount)}
            </Entry>
            {payment.refunded > 0 && (
              <Entry what="Refunded" {...tie(payment.writtenBy)}>
                <span className="c-back">{money(-payment.refunded)}</span>
              </Entry>
            )}
          </>
        )}
      </Service>
      <Service icon="truck" name="Shipment" isEmpty={!shipment} none="No parcel.">
        {shipment && (
          <Entry what={<code>{shipment.trackingCode}</code>} {...tie(shipment.writtenBy)}>
            {shipment.status}
            <br />
            <span className="mute">{shipment.units} pieces</span>
          </Entry>
        )}
      </Service>
    </div>
  );
}

interface ServiceProps {
  readonly icon: IconName;
  readonly name: string;
  readonly isEmpty: boolean;
  readonly none: string;
  readonly children: ReactNode;
}

function Service({ icon, name, isEmpty, none, children }: ServiceProps) {
  return (
    <div className="lg">
      <h3>
        <Icon name={icon} />
        {name}
      </h3>
      {isEmpty ? <p className="none">{none}</p> : children}
    </div>
  );
}

/** A row and the step that wrote it: each shows the other when one is pointed at or chosen. */
interface Tie {
  readonly by: WrittenBy;
  readonly attempts: readonly Attempt[];
  readonly selection: Selection;
}

interface EntryProps extends Tie {
  readonly what: ReactNode;
  readonly children: ReactNode;
}

function Entry({ what, by, attempts, selection, children }: EntryProps) {
  const { step, direction: way } = by;
  const { selected } = selection;
  const isOn = selected?.step === step && selected.way === way;
  const attempt = attempts.findLast(
    (each) => each.step === step && each.way === way && each.endSeq !== undefined,
  );
  const word = `${way === 'compensation' ? 'undo of ' : ''}${step}`;
  return (
    <div
      className={`lr${isOn ? ' on' : ''}${selection.isHovered(step, way) ? ' hot' : ''}`}
      data-written-by={`${step} ${way}`}
      onPointerEnter={() => selection.hover({ step, way })}
      onPointerLeave={() => selection.hover(undefined)}
    >
      <span>
        {what}
        <span className="by">
          {attempt?.endSeq === undefined ? (
            word
          ) : (
            <button
              type="button"
              className="lk"
              aria-pressed={isOn}
              onClick={() => selection.select(step, way, attempt.number)}
              onFocus={() => selection.hover({ step, way })}
              onBlur={() => selection.hover(undefined)}
            >
              #{attempt.endSeq} {word}
            </button>
          )}
        </span>
      </span>
      <span>{children}</span>
    </div>
  );
}
