import { router } from '../../trpc.ts';
import { clear } from './clear.ts';
import { list } from './list.ts';
import { set } from './set.ts';

export const faultsRouter = router({ list, set, clear });
