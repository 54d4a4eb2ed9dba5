import type { RetryPolicy } from '@counterstep/saga-core/definition';
import { placeOrderChoreography, placeOrderSaga } from '@counterstep/services/place-order';

/** Limits and policies are no part of a version's structure, so the same sagas run under shorter ones. */
const retry: RetryPolicy = { maxAttempts: 4, initialDelayMs: 20, maxDelayMs: 100 };

/**
 * The order saga for tests in which services hang until their budgets are spent: a second instead of
 * three for each attempt, half as many attempts. On a busy machine an honest answer takes less still.
 */
export const swiftOrders = {
  ...placeOrderSaga,
  steps: placeOrderSaga.steps.map((step) => ({
    ...step,
    timeoutMs: 1_000,
    retry,
    compensationRetry: retry,
  })),
};

export const swiftFlow = { ...placeOrderChoreography, definition: swiftOrders };
