import { afterEach, beforeEach, describe } from 'vitest';
import { claimsContract } from './claims.ts';
import type { StoreHarness } from './harness.ts';
import { lettersContract } from './letters.ts';
import { ownersContract } from './owners.ts';
import { writesContract } from './writes.ts';

/**
 * What the engine relies on, as a vitest suite: it holds for every `SagaStore`, in memory, on Postgres
 * or elsewhere. Call it in a test file of the implementation.
 *
 * @param open gives an empty store, once per test
 */
export function sagaStoreContract(name: string, open: () => Promise<StoreHarness>): void {
  describe(`${name} as a saga store`, () => {
    let harness: StoreHarness | undefined;
    const current = (): StoreHarness => {
      if (!harness) throw new Error('The store is not open.');
      return harness;
    };
    beforeEach(async () => {
      harness = await open();
    });
    afterEach(async () => {
      await harness?.close();
      harness = undefined;
    });
    claimsContract(current);
    writesContract(current);
    lettersContract(current);
    ownersContract(current);
  });
}
