export { placeOrderChoreography } from './choreography.ts';
export { placeOrderSaga } from './definition.ts';
export {
  type Desk,
  idsOf,
  type OrderRequest,
  type OrderStyle,
  type PlacedOrder,
  placeOrder,
} from './desk.ts';
export { placeBatch } from './launch.ts';
