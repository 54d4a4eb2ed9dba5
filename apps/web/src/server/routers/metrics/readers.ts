import { type MetricWindow, readFlowMetrics, readStepMetrics } from '@counterstep/db/metrics';
import { backend } from '../../backend.ts';
import { sharedRead } from '../../live/shared-read.ts';

/** Half of what pages wait between two reads: several tabs share one, and none shows an old one twice. */
const freshMs = 2_000;

const create = () => ({
  flow: byWindow((window) => readFlowMetrics(backend().pool, window)),
  steps: byWindow((window) => readStepMetrics(backend().pool, window)),
});

type Readers = ReturnType<typeof create>;

function byWindow<T>(read: (window: MetricWindow) => Promise<T>) {
  const of = (window: MetricWindow) => sharedRead(() => read(window), { freshMs });
  return { '15m': of('15m'), '1h': of('1h'), '24h': of('24h') };
}

// Route bundles each have their own copy of this module; the answers are shared all the same.
const shared = globalThis as typeof globalThis & { counterstepMetrics?: Readers };

export function metricReaders(): Readers {
  shared.counterstepMetrics ??= create();
  return shared.counterstepMetrics;
}
