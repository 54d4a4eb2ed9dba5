import type { ReactNode } from 'react';
import { money } from '@/lib/format.ts';
import type { Ledger } from '@/lib/trpc.ts';
import { Icon, type IconName } from '@/ui/icon.tsx';
import { ShortId } from '@/ui/id.tsx';
import type { Attempt } from './attempts.ts';

/** Which step and direction wrote a row; the ledger says it, the log has the event. */
type WrittenBy = NonNullable<Ledger['order']>['writtenBy'];

export function LedgerRows({ ledger, attempts }: { ledger: Ledger; attempts: readonly Attempt[] }) {
  const { order, reservations, payment, shipment } = ledger;
  const source = (by: WrittenBy) => <Source by={by} attempts={attempts} />;
  return (
    <div className="ledger">
      <Service
        icon="receipt"
        name="Order"
        isEmpty={!order}
        none="No order: order.create has not applied."
      >
        {order && (
          <Entry what={<ShortId id={order.orderId} prefix="ord_" />} by={source(order.writtenBy)}>
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
          <Entry key={row.sku} what={`${row.quantity} × ${row.sku}`} by={source(row.writtenBy)}>
            <span className={row.status === 'released' ? 'c-back' : ''}>{row.status}</span>
          </Entry>
        ))}
      </Service>
      <Service icon="card" name="Payment" isEmpty={!payment} none="Nothing is captured.">
        {payment && (
          <>
            <Entry what="Captured" by={source({ step: 'payment.charge', direction: 'action' })}>
              {money(payment.amount)}
            </Entry>
            {payment.refunded > 0 && (
              <Entry what="Refunded" by={source(payment.writtenBy)}>
                <span className="c-back">{money(-payment.refunded)}</span>
              </Entry>
            )}
          </>
        )}
      </Service>
      <Service icon="truck" name="Shipment" isEmpty={!shipment} none="No parcel.">
        {shipment && (
          <Entry what={<code>{shipment.trackingCode}</code>} by={source(shipment.writtenBy)}>
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

function Entry({ what, by, children }: { what: ReactNode; by: ReactNode; children: ReactNode }) {
  return (
    <div className="lr">
      <span>
        {what}
        <span className="by">{by}</span>
      </span>
      <span>{children}</span>
    </div>
  );
}

function Source({ by, attempts }: { by: WrittenBy; attempts: readonly Attempt[] }) {
  const word = `${by.direction === 'compensation' ? 'undo of ' : ''}${by.step}`;
  const attempt = attempts.findLast(
    ({ step, way, endSeq }) => step === by.step && way === by.direction && endSeq !== undefined,
  );
  if (!attempt) return <>{word}</>;
  return (
    <a className="lk" href={`#event-${attempt.endSeq}`}>
      #{attempt.endSeq} {word}
    </a>
  );
}
