import { createPool, type Pool } from '@counterstep/db/tx';
import { orderStatements, plentiful, type RawOrder, rawOrder } from '../order-statements.ts';

/** What an engine is given: its database, and the five statements of an order. */
export interface Task {
  readonly url: string;
  /** Orders under way at the most. */
  readonly inFlight: number;
  /** Steps by name, in their order. Each is one statement and one commit. */
  readonly steps: readonly { readonly name: string; run(order: RawOrder): Promise<void> }[];
}

/** An engine that is ready for orders. */
export interface Engine {
  /** Starts the saga of an order durably, and resolves when it has ended. */
  place(order: RawOrder): PromiseLike<unknown>;
}

export type Request = { readonly count: number } | { readonly idle: number };
export type Reply =
  | { readonly ready: true }
  | { readonly sagasPerSecond: number }
  | { readonly latenciesMs: readonly number[] }
  | { readonly error: string };

/** A contender's own process: opens its engine, then carries out what the benchmark asks for. */
export async function serve(open: (task: Task) => Promise<Engine>): Promise<void> {
  const { DATABASE_URL: url = '', IN_FLIGHT: inFlight = '128' } = process.env;
  const pool = createPool({
    url,
    searchPath: 'public',
    applicationName: 'bench steps',
    size: 12,
    acquireTimeoutMs: 120_000,
  });
  const steps = orderStatements.map((statement) => ({
    name: statement.name,
    run: (order: RawOrder) => statement(pool, order),
  }));
  const task = { url, inFlight: Number(inFlight), steps };
  const engine = await open(task);
  process.on('message', (request: Request) => {
    answer(engine, pool, task, request).then(reply, (error: unknown) =>
      reply({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  for (const event of ['disconnect', 'SIGTERM']) process.on(event, () => process.exit(0));
  reply({ ready: true });
}

const reply = (message: Reply) => process.send?.(message);

async function answer(
  engine: Engine,
  pool: Pool,
  { inFlight }: Task,
  request: Request,
): Promise<Reply> {
  const stock = await plentiful(pool);
  if ('idle' in request) {
    const latenciesMs: number[] = [];
    for (let index = 0; index < request.idle; index += 1) {
      const startedMs = performance.now();
      await engine.place(rawOrder(stock, index));
      latenciesMs.push(performance.now() - startedMs);
    }
    return { latenciesMs };
  }
  const { count } = request;
  const startedMs = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      for (let index = next++; index < count; index = next++) {
        await engine.place(rawOrder(stock, index));
      }
    }),
  );
  return { sagasPerSecond: count / ((performance.now() - startedMs) / 1_000) };
}
