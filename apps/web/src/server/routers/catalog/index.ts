import { router } from '../../trpc.ts';
import { accounts } from './accounts.ts';
import { list } from './list.ts';
import { receive } from './receive.ts';

export const catalogRouter = router({ list, receive, accounts });
