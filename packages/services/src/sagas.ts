import { tripSaga } from '@counterstep/example-trip';
import { type AnySaga, createRegistry } from '@counterstep/saga-core/definition';
import { placeOrderSaga } from './place-order/definition.ts';

/**
 * The sagas of this product: workers run them, the dashboard starts and operates them. Add yours here;
 * keep an old version beside the new one until its last instance has ended.
 */
export const sagas = createRegistry<AnySaga>([placeOrderSaga, tripSaga]);
