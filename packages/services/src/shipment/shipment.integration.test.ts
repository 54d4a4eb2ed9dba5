import { closeEffect } from '@counterstep/db/barrier';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  anOrder,
  commandFor,
  run,
  runOne,
  startServices,
  type TestServices,
} from '../../test/services.ts';
import { uuidV7 } from '../place-order/ids.ts';

const step = 'shipment.initiate';

describe('shipment operations', () => {
  let services: TestServices;
  beforeAll(async () => {
    services = await startServices();
  });
  afterAll(() => services.stop());

  const shipmentsOf = (sagaId: string) =>
    services.databases.shipment.query('select units from shipment where saga_id = $1', [sagaId]);

  it('hands one parcel to the carrier, however often it is asked', async () => {
    const command = commandFor(uuidV7(), step, anOrder({ MUG: 2, TRAY: 3 }));
    const first = await runOne(services, command);
    expect(first).toMatchObject({ kind: 'applied', duplicate: false });
    const copies = await Promise.all(Array.from({ length: 6 }, () => runOne(services, command)));
    expect(copies).toEqual(copies.map(() => ({ ...first, duplicate: true })));
    expect(await shipmentsOf(command.sagaId)).toEqual([{ units: 5 }]);
  });

  it('rejects only the parcel of a batch that is too large', async () => {
    const outcomes = await run(
      services,
      commandFor(uuidV7(), step, anOrder({ MUG: 500 })),
      commandFor(uuidV7(), step, anOrder({ MUG: 400, TRAY: 101 })),
      commandFor(uuidV7(), step, anOrder({ MUG: 1 })),
    );
    expect(outcomes.map((o) => (o.kind === 'rejected' ? o.error.code : o.kind))).toEqual([
      'applied',
      'PARCEL_TOO_LARGE',
      'applied',
    ]);
  });

  it('ships nothing once its key is closed', async () => {
    const command = commandFor(uuidV7(), step, anOrder());
    const key = { sagaId: command.sagaId, step, direction: 'action' as const };
    expect(await closeEffect(services.databases.shipment, key)).toEqual({ kind: 'closed' });
    expect(await runOne(services, command)).toEqual({ kind: 'suppressed' });
    expect(await shipmentsOf(command.sagaId)).toEqual([]);
  });

  it('either ships or closes when both come at once', async () => {
    for (let round = 0; round < 20; round += 1) {
      const command = commandFor(uuidV7(), step, anOrder());
      const key = { sagaId: command.sagaId, step, direction: 'action' as const };
      const [shipped, closed] = await Promise.all([
        runOne(services, command),
        closeEffect(services.databases.shipment, key),
      ]);
      const shipments = await shipmentsOf(command.sagaId);
      expect([shipped.kind, closed.kind, shipments.length]).toBeOneOf([
        ['applied', 'applied', 1],
        ['suppressed', 'closed', 0],
      ]);
    }
  });
});
