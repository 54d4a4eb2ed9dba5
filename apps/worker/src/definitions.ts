import type { SagaShape } from '@counterstep/saga-core/definition';
import { placeOrderSaga } from '@counterstep/services/place-order';

/** The sagas that workers run. Add yours here. */
export const definitions: readonly SagaShape[] = [placeOrderSaga];
