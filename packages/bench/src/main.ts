import { cpus } from 'node:os';
import { readCommandLine } from '../../../scripts/command-line/command.ts';
import type { Contender } from './contenders/contender.ts';
import { type ContenderName, openContender, peers } from './contenders/index.ts';
import { command, type Options, optionsFrom } from './options.ts';
import { assertSound } from './sound.ts';
import { type Stack, startStack } from './stack.ts';
import { quantile } from './statistics.ts';
import { printTables, readTables, type TableState } from './tables.ts';
import { takeoverTimes } from './takeover.ts';
import { waitingTimes } from './waiting.ts';

interface Result {
  readonly name: ContenderName;
  /** Median of the rounds. */
  readonly sagasPerSecond: number;
  /** Slowest and fastest round. */
  readonly spread: readonly [number, number];
  /** Against the raw loop of the same run; null when that was left out. */
  readonly ofRaw: number | null;
  /** Idle latency; null for the raw loop. */
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
}

const round = (ms: number): number => Math.round(ms * 10) / 10;

const busTables = [
  ...['orders', 'inventory', 'payment', 'shipment'].flatMap((schema) =>
    ['outbox', 'subscription', 'parked'].map((table) => `${schema}.${table}`),
  ),
  ...['tracker_cursor', 'held_message', 'instance', 'event'].map((table) => `saga.${table}`),
];
const takeovers = { quick: 1, full: 10 };
const waitingSizes = {
  quick: { rows: 10_000, claims: 40 },
  full: { rows: 1_000_000, claims: 400 },
};

const latencies = new Map<ContenderName, readonly number[]>();
const options = optionsFrom(readCommandLine(command));
const say = (text: string) => (options.json ? console.error(text) : console.log(text));
const stack = await startStack();
// An interrupted run takes its server and workers with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void stack.stop().finally(() => process.exit(1)));
}
try {
  const rates = await measureRates(stack, options);
  const results = options.only.map((name) => resultOf(name, rates));
  const tables = options.tables ? await readTables(stack.saga, busTables) : null;
  const size = options.quick ? 'quick' : 'full';
  const takeover = spread(await takeoverTimes(stack, takeovers[size], 'SIGKILL'));
  // Each of them costs a lease: not in the quick form.
  const stopped =
    size === 'full' ? spread(await takeoverTimes(stack, takeovers[size], 'SIGSTOP')) : null;
  const waiting = (await waitingTimes(stack, waitingSizes[size])).map(({ rows, times }) => ({
    rows,
    ...spread(times),
  }));
  await assertSound(stack);
  print({ results, takeover, stopped, waiting, ...(tables && { tables }) });
} finally {
  await stack.stop();
}

/** Rounds interleaved, the first one not counted, so that drift of the machine hits all alike. */
async function measureRates(
  on: Stack,
  { only, rounds, count }: Options,
): Promise<Map<ContenderName, number[]>> {
  const rates = new Map<ContenderName, number[]>(only.map((name) => [name, []]));
  await on.forkWorker();
  const contenders = new Map<ContenderName, Contender>();
  for (const name of only) contenders.set(name, await openContender(on, name));
  for (let turn = 0; turn <= rounds; turn += 1) {
    for (const [name, contender] of contenders) {
      const rate = await contender.run(countOf(name, turn === 0 ? Math.min(count, 200) : count));
      await contender.check?.();
      if (turn > 0) rates.get(name)?.push(rate);
      if (turn > 0) say(`round ${turn} ${name.padEnd(26)} ${rate.toFixed(0).padStart(6)} sagas/s`);
    }
  }
  for (const [name, contender] of contenders) {
    if (contender.idle) latencies.set(name, await contender.idle(options.idle));
  }
  await on.endWorkers();
  return rates;
}

/** Peers are slower by far: a fifth of the orders takes them as long. */
function countOf(name: ContenderName, count: number): number {
  return peers.some((peer) => peer === name) ? Math.ceil(count / 5) : count;
}

function resultOf(
  name: ContenderName,
  rates: ReadonlyMap<ContenderName, readonly number[]>,
): Result {
  const all = rates.get(name) ?? [];
  const rate = quantile(all, 0.5);
  const raw = rates.get('raw');
  const idle = latencies.get(name);
  return {
    name,
    sagasPerSecond: Math.round(rate),
    spread: [Math.round(Math.min(...all)), Math.round(Math.max(...all))],
    ofRaw: raw ? Number((rate / quantile(raw, 0.5)).toFixed(2)) : null,
    p50Ms: idle ? round(quantile(idle, 0.5)) : null,
    p99Ms: idle ? round(quantile(idle, 0.99)) : null,
  };
}

interface Report {
  readonly results: readonly Result[];
  /** From `kill -9` of a worker until another one has its saga. */
  readonly takeover: Spread;
  /** The same for a process that is stopped; null when it was not measured. */
  readonly stopped: Spread | null;
  readonly waiting: readonly (Spread & { readonly rows: number })[];
  readonly tables?: readonly TableState[];
}

function print(report: Report): void {
  if (options.json) {
    console.log(JSON.stringify(report));
    return;
  }
  const { results, takeover, stopped, waiting, tables } = report;
  const cell = (value: number | null, digits = 0) =>
    (value === null ? '–' : value.toFixed(digits)).padStart(9);
  console.log(
    `\n${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}`,
  );
  console.log(`${''.padEnd(26)}  sagas/s   of raw   p50 ms   p99 ms   slowest to fastest round`);
  for (const {
    name,
    sagasPerSecond,
    spread: [slowest, fastest],
    ofRaw,
    p50Ms,
    p99Ms,
  } of results) {
    console.log(
      `${name.padEnd(26)}${cell(sagasPerSecond)}${cell(ofRaw, 2)}${cell(p50Ms, 1)}${cell(p99Ms, 1)}   ${slowest} to ${fastest}`,
    );
  }
  console.log(`kill -9 to another owner: p50 ${takeover.p50Ms} ms, p99 ${takeover.p99Ms} ms`);
  if (stopped) {
    console.log(`stopped to another owner: p50 ${stopped.p50Ms} ms, p99 ${stopped.p99Ms} ms`);
  }
  for (const { rows, p50Ms, p99Ms } of waiting) {
    console.log(`claim beside ${rows} waiting sagas: p50 ${p50Ms} ms, p99 ${p99Ms} ms`);
  }
  if (tables) printTables(tables);
}

interface Spread {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

function spread(times: readonly number[]): Spread {
  return { p50Ms: round(quantile(times, 0.5)), p99Ms: round(quantile(times, 0.99)) };
}
