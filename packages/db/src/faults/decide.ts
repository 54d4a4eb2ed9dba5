import { type Command, keyText } from '@counterstep/saga-core/participant';
import type { Pool, Tx } from '../tx/index.ts';
import { readFaults } from './rows.ts';
import { concerns, type Fault, type FaultDecision, type FaultKind } from './rule.ts';

interface DecisionRow {
  readonly key: string;
  readonly attempt: number;
  readonly kind: FaultKind | null;
  readonly delay_ms: number | null;
}

/**
 * Decides for a batch of attempts which fault, if any, befalls each. Decided once per key and attempt,
 * in a transaction of its own: what is rolled back, split or sent again below meets the same fate.
 * The rules' rows are locked, so "the next N calls" are N over all workers.
 */
export function decideFaults(
  pool: Pool,
  commands: readonly Command[],
  random: () => number,
): Promise<(FaultDecision | undefined)[]> {
  return pool.transaction(async (tx) => {
    const keys = commands.map(keyText);
    const [rules, known] = await Promise.all([
      readFaults(tx, 'lock'),
      tx.query<DecisionRow>(
        'select key, attempt, kind, delay_ms from saga.fault_decision where key = any($1::text[])',
        [keys],
      ),
    ]);
    const decided = new Map(known.map((row) => [`${row.key}#${row.attempt}`, row]));
    const left = new Map(rules.map((rule) => [rule.id, rule.remaining]));
    const fresh: DecisionRow[] = [];
    const decisions = commands.map((command, index) => {
      const key = keys[index] ?? '';
      const stored = decided.get(`${key}#${command.attempt}`);
      if (stored) return asDecision(stored);
      const rule = rules.find((candidate) => fires(candidate, command, left, random));
      if (rule?.remaining !== undefined) left.set(rule.id, (left.get(rule.id) ?? 0) - 1);
      const row = {
        key,
        attempt: command.attempt,
        kind: rule?.kind ?? null,
        delay_ms: rule ? delayOf(rule, random) : null,
      };
      fresh.push(row);
      decided.set(`${key}#${command.attempt}`, row);
      return asDecision(row);
    });
    await Promise.all([store(tx, fresh), storeCounts(tx, left)]);
    return decisions;
  });
}

function fires(
  rule: Fault,
  command: Command,
  left: ReadonlyMap<string, number | undefined>,
  random: () => number,
): boolean {
  if (!concerns(rule, command)) return false;
  const remaining = left.get(rule.id);
  if (remaining !== undefined && remaining <= 0) return false;
  return rule.probability === undefined || random() < rule.probability;
}

function delayOf(rule: Fault, random: () => number): number {
  return Math.round((rule.delayMs ?? 0) + (rule.jitterMs ?? 0) * random());
}

function asDecision({ kind, delay_ms }: DecisionRow): FaultDecision | undefined {
  return kind ? { kind, delayMs: delay_ms ?? 0 } : undefined;
}

async function store(tx: Tx, rows: readonly DecisionRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `insert into saga.fault_decision (key, attempt, kind, delay_ms)
     select * from unnest($1::text[], $2::int[], $3::text[], $4::int[])
     on conflict do nothing`,
    [
      rows.map((row) => row.key),
      rows.map((row) => row.attempt),
      rows.map((row) => row.kind),
      rows.map((row) => row.delay_ms),
    ],
  );
}

/** A rule that is used up costs nothing any more once workers have read the rules again. */
async function storeCounts(tx: Tx, left: ReadonlyMap<string, number | undefined>): Promise<void> {
  const counted = [...left].filter(([, remaining]) => remaining !== undefined);
  if (counted.length === 0) return;
  await tx.query(
    `update saga.fault f set remaining = c.remaining
       from unnest($1::uuid[], $2::int[]) as c (id, remaining)
      where f.id = c.id and f.remaining <> c.remaining`,
    [counted.map(([id]) => id), counted.map(([, remaining]) => remaining ?? 0)],
  );
  if (counted.some(([, remaining]) => remaining === 0)) {
    await tx.query('update saga.fault_version set version = version + 1');
  }
}
