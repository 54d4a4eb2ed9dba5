import { getSaga, readRetiredAt } from '@counterstep/db/read';
import { placeOrderSaga } from '@counterstep/services/place-order';
import { TRPCError } from '@trpc/server';
import type { Pool } from '@counterstep/db/tx';
import type { Backend } from '../../backend.ts';

/** A saga as the contract shows it; an order's business key also goes by the name that clients use. */
export async function loadSaga({ pool }: Backend, sagaId: string) {
  const saga = await getSaga(pool, sagaId);
  if (!saga) throw new TRPCError({ code: 'NOT_FOUND', message: await absence(pool, sagaId) });
  return { ...saga, orderId: saga.definition === placeOrderSaga.name ? saga.businessKey : null };
}

async function absence(pool: Pool, sagaId: string): Promise<string> {
  const at = await readRetiredAt(pool, sagaId);
  return at
    ? `Saga ${sagaId} has ended and was retired at ${at}: its log is no longer kept here.`
    : `There is no saga ${sagaId}.`;
}
