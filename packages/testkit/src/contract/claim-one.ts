import { randomUUID } from 'node:crypto';
import { definitionKey } from '@counterstep/saga-core/definition';
import type { ClaimedSaga } from '@counterstep/saga-core/engine';
import { contractSaga, type StoreHarness } from './harness.ts';

export const keys = [definitionKey(contractSaga)];

/** Claims the one saga that is due. */
export async function claimOne(
  harness: StoreHarness,
  workerId: string = randomUUID(),
): Promise<ClaimedSaga> {
  const [saga, ...more] = await harness.store(workerId).claim(10, keys);
  if (!saga || more.length > 0) throw new Error(`Claimed ${more.length + (saga ? 1 : 0)} sagas.`);
  return saga;
}

/** Accepts one saga and claims it. */
export async function claimNew(harness: StoreHarness, workerId?: string): Promise<ClaimedSaga> {
  await harness.accept(contractSaga, 1);
  return claimOne(harness, workerId);
}
