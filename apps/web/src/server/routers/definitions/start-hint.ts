import { placeOrderSaga } from '@counterstep/services/place-order';

/** Where a saga is started that takes more than its input; undefined for those that `sagas.start` starts. */
export function startHint(definition: string): string | undefined {
  return definition === placeOrderSaga.name
    ? 'definition: orders are started with orders.place, which looks up their prices.'
    : undefined;
}
