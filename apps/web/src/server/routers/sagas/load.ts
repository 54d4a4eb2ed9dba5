import { getSaga } from '@counterstep/db/read';
import { placeOrderSaga } from '@counterstep/services/place-order';
import { TRPCError } from '@trpc/server';
import type { Backend } from '../../backend.ts';

/** A saga as the contract shows it; an order's business key also goes by the name that clients use. */
export async function loadSaga({ pool }: Backend, sagaId: string) {
  const saga = await getSaga(pool, sagaId);
  if (!saga) throw new TRPCError({ code: 'NOT_FOUND', message: `There is no saga ${sagaId}.` });
  return { ...saga, orderId: saga.definition === placeOrderSaga.name ? saga.businessKey : null };
}
