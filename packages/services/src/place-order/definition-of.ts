import { placeOrderSaga } from './definition.ts';

/** The definition of a saga by name and version; undefined for one that this code does not have. */
export function definitionOf(name: string, version: number): typeof placeOrderSaga | undefined {
  return name === placeOrderSaga.name && version === placeOrderSaga.version
    ? placeOrderSaga
    : undefined;
}
