import { ceiling } from './ceiling/index.ts';
import { finished } from './finished.ts';
import { happy } from './happy.ts';
import { hotSku } from './hot-sku.ts';
import { memory } from './memory/index.ts';
import { rejected } from './rejected.ts';
import type { Scenario } from './scenario.ts';
import { slowService } from './slow-service/index.ts';
import { liveViewers } from './viewers/index.ts';
import { waiting } from './waiting.ts';
import { workers } from './workers.ts';

/** In the order in which they run: the longest last. */
export const scenarios: readonly Scenario[] = [
  happy,
  rejected,
  hotSku,
  workers,
  slowService,
  liveViewers,
  ceiling,
  memory,
  waiting,
  finished,
];
