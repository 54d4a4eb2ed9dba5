import { router } from '../../trpc.ts';
import { cancel } from './cancel.ts';
import { get } from './get.ts';
import { launch } from './launch.ts';

export const batchesRouter = router({ launch, get, cancel });
