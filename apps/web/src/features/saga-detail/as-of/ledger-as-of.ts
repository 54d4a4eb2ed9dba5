import type { Ledger } from '@/lib/trpc.ts';

/**
 * The rows as they stood at a moment: an effect that was committed later has not written its row yet.
 * By the services' own times, not by what the log knew: a lost reply leaves a row behind too.
 */
export function ledgerAsOf(ledger: Ledger, at: string): Ledger {
  const effects = ledger.effects.filter((effect) => effect.at <= at);
  const applied = (step: string, direction: 'action' | 'compensation' = 'action') =>
    effects.some(
      (each) => each.step === step && each.direction === direction && each.outcome === 'applied',
    );
  const by = (step: string) => ({
    step,
    direction: applied(step, 'compensation') ? ('compensation' as const) : ('action' as const),
  });
  const { order, payment, shipment } = ledger;
  const isReleased = applied('inventory.reserve', 'compensation');
  const isCancelled = applied('order.create', 'compensation');
  const isConfirmed = applied('order.confirm');
  return {
    ...ledger,
    effects,
    order:
      order && applied('order.create')
        ? {
            ...order,
            status: isCancelled ? 'cancelled' : isConfirmed ? 'confirmed' : 'pending',
            writtenBy: isConfirmed
              ? { step: 'order.confirm', direction: 'action' }
              : by('order.create'),
          }
        : null,
    reservations: applied('inventory.reserve')
      ? ledger.reservations.map((row) => ({
          ...row,
          status: isReleased ? 'released' : 'held',
          writtenBy: by('inventory.reserve'),
        }))
      : [],
    payment:
      payment && applied('payment.charge')
        ? {
            ...payment,
            refunded: applied('payment.charge', 'compensation') ? payment.refunded : 0,
            writtenBy: by('payment.charge'),
          }
        : null,
    shipment: applied('shipment.initiate') ? shipment : null,
  };
}
