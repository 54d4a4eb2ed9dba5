import { placeOrderChoreography } from './place-order/choreography.ts';

/** The sagas of this product that also run without coordinator, each a sound flow or nothing starts. */
export const flows = [placeOrderChoreography] as const;
