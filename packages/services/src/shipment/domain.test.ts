import { describe, expect, it } from 'vitest';
import { initiate, unitsMax } from './domain.ts';

const sagaId = '01990000-0000-7000-8000-0123456789ab';

describe('initiating a shipment', () => {
  it('takes what fits into one parcel and names it after the saga', () => {
    expect(initiate(sagaId, { orderId: 'o', units: unitsMax })).toMatchObject({
      kind: 'applied',
      output: { trackingCode: 'CS23456789AB' },
    });
  });

  it('rejects one unit more', () => {
    expect(initiate(sagaId, { orderId: 'o', units: unitsMax + 1 })).toMatchObject({
      kind: 'rejected',
      error: {
        code: 'PARCEL_TOO_LARGE',
        message: '501 units do not fit into one parcel; the carrier takes 500.',
      },
    });
  });
});
