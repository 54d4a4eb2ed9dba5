import { router } from '../../trpc.ts';
import { get } from './get.ts';
import { list } from './list.ts';
import { mermaid } from './mermaid.ts';

export const flowsRouter = router({ get, list, mermaid });
