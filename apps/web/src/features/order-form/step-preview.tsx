import { Card } from '@/ui/card.tsx';
import { Icon } from '@/ui/icon.tsx';
import type { StyleChoice } from './draft.ts';

const steps = [
  { action: 'order.create', undo: 'order.cancel', event: 'OrderCreated' },
  { action: 'inventory.reserve', undo: 'inventory.release', event: 'InventoryReserved' },
  { action: 'payment.charge', undo: 'payment.refund', event: 'PaymentProcessed' },
  { action: 'shipment.initiate', undo: undefined, event: 'ShipmentInitiated' },
  { action: 'order.confirm', undo: undefined, event: 'OrderConfirmed' },
] as const;

const pivot = 'shipment.initiate';

/** What will be done, and what would undo it. */
export function StepPreview({ style }: { style: StyleChoice }) {
  return (
    <Card title="What will happen">
      <table className="dense preview">
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">If it turns back</th>
          </tr>
        </thead>
        <tbody>
          {steps.map(({ action, undo, event }) => (
            <tr key={action}>
              <td>
                <span className="st c-forward">
                  <Icon name="right" />
                  <code className="op">{action}</code>
                </span>
                {style !== 'orchestration' && <small>emits {event}</small>}
              </td>
              <td>
                {undo ? (
                  <span className="st c-back">
                    <Icon name="left" />
                    <code className="op">{undo}</code>
                  </span>
                ) : (
                  <span className="mute">
                    {action === pivot
                      ? 'pivot: past it there is no way back'
                      : 'retried until it is done'}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
