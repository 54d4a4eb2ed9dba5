import { router } from '../../trpc.ts';
import { list } from './list.ts';
import { redrive } from './redrive.ts';

export const deadLettersRouter = router({ list, redrive });
