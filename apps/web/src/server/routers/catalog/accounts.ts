import { listAccounts } from '@counterstep/services/accounts';
import { procedure } from '../../trpc.ts';

/** Customers with what they may still spend. */
export const accounts = procedure.query(({ ctx }) => listAccounts(ctx.backend().databases));
