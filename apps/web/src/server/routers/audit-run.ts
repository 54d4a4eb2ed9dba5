import { runAudit } from '@counterstep/services/audit';
import { procedure } from '../trpc.ts';

export const auditRun = procedure.query(({ ctx }) => {
  const { pool, databases } = ctx.backend();
  return runAudit({ saga: pool, databases });
});
