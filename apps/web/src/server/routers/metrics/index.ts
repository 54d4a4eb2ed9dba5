import { router } from '../../trpc.ts';
import { flow } from './flow.ts';
import { steps } from './steps.ts';

export const metricsRouter = router({ flow, steps });
