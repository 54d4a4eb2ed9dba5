import { runAudit } from '@counterstep/services/audit';
import { z } from 'zod';
import { backend } from '../backend.ts';
import { type SharedRead, sharedRead } from '../live/shared-read.ts';
import { procedure } from '../trpc.ts';

/** The overview asks as often. An audit reads everything, so with many sagas it rests in proportion. */
const freshMs = 30_000;
const restMaxMs = 300_000;

const create = () =>
  sharedRead(
    () => {
      const { pool, databases } = backend();
      return runAudit({ saga: pool, databases });
    },
    { freshMs, restMaxMs },
  );

// Route bundles each have their own copy of this module; the report is shared all the same.
const shared = globalThis as typeof globalThis & {
  counterstepAudit?: SharedRead<Awaited<ReturnType<typeof runAudit>>>;
};

/** A report that begins now; with `latest`, the last one, for those who only look on. */
export const auditRun = procedure
  .input(z.strictObject({ latest: z.boolean() }).optional())
  .query(({ input }) => {
    const read = (shared.counterstepAudit ??= create());
    return input?.latest ? read() : read.anew();
  });
