import { router } from '../../trpc.ts';
import { get } from './get.ts';
import { place } from './place.ts';

export const ordersRouter = router({ place, get });
