import {
  evolve,
  initialState,
  type OperatorAction,
  type SagaEvent,
  type SagaState,
} from '@counterstep/saga-core/machine';
import type { SagaKeys, SagaShape } from '@counterstep/saga-core/definition';
import type { Json } from '@counterstep/saga-core/participant';
import { eventColumns, type EventRow, recorded } from '../store/rows.ts';
import { summarise } from '../store/summary.ts';
import type { Pool, Tx } from '../tx/index.ts';
import { writeAudit } from './audit.ts';
import { CommandError, notFound } from './errors.ts';

export interface Operation {
  readonly sagaId: string;
  readonly action: OperatorAction;
  readonly reason: string;
  readonly actor: string;
  /** Sequence that the operator has seen; the act is refused if the log has grown. */
  readonly expectedSeq: number;
  /** `retry` of a forward step only: replaces the saga's input. Its keys must stay the same. */
  readonly input?: Json;
}

/** Finds the definition that corrected input is checked against. */
export type DefinitionOf = (name: string, version: number) => CheckedDefinition | undefined;

/** What a check of corrected input needs of a definition, whatever its input is. */
interface CheckedDefinition {
  readonly input: { safeParse(input: unknown): { success: boolean; error?: { message: string } } };
  readonly keys: (input: never) => SagaKeys;
  readonly steps: SagaShape['steps'];
}

interface Current {
  readonly status: string;
  readonly style: string;
  readonly seq: number;
  readonly owner: string | null;
  readonly definition: string;
  readonly version: number;
  readonly business_key: string | null;
  readonly subject: string | null;
  readonly direction: string | null;
  readonly step: string | null;
}

/**
 * An operator's act on a stuck saga: event, audit row and ready row in one transaction, under a raised
 * fence. Of several acts at once exactly one finds the sequence it expects; the others conflict.
 */
export async function operate(
  pool: Pool,
  definitionOf: DefinitionOf,
  operation: Operation,
): Promise<void> {
  const error = await pool.transaction(async (tx) => {
    const refusal = await check(tx, definitionOf, operation);
    if (refusal) {
      await writeAudit(tx, { ...operation, result: `refused: ${refusal.message}` });
      return refusal;
    }
    await apply(tx, operation);
    return undefined;
  });
  if (error) throw error;
  await pool.query(`select pg_notify('counterstep', 'ready')`);
}

async function check(
  tx: Tx,
  definitionOf: DefinitionOf,
  { sagaId, action, expectedSeq, input }: Operation,
): Promise<CommandError | undefined> {
  const [row] = await tx.query<Current>(
    `select status, style, seq, owner, definition, version, business_key, subject,
            summary ->> 'direction' as direction, summary -> 'at' ->> 'step' as step
       from saga.instance where id = $1 for update`,
    [sagaId],
  );
  if (!row) throw notFound(sagaId);
  if (row.seq !== expectedSeq || row.owner !== null) {
    return new CommandError(
      'CONFLICT',
      `The saga has moved on to #${row.seq}, and you acted on #${expectedSeq}. Look again, then decide.`,
    );
  }
  if (row.status !== 'stuck') {
    return new CommandError(
      'NOT_ALLOWED',
      `Cannot ${action} a saga that is ${row.status}; only a stuck one waits for that.`,
    );
  }
  if (row.style === 'choreography' && action !== 'retry') {
    return new CommandError(
      'NOT_ALLOWED',
      `Cannot ${action} a choreographed saga: its services would go on reacting. Retry it instead.`,
    );
  }
  const step = definitionOf(row.definition, row.version)?.steps.find((s) => s.name === row.step);
  if (action === 'skip' && step?.class === 'pivot') {
    return new CommandError('NOT_ALLOWED', 'A pivot cannot be skipped: retry or resolve it.');
  }
  return input === undefined ? undefined : checkInput(row, action, input, definitionOf);
}

/** Corrected input must be what the definition takes, and about the same business object. */
function checkInput(
  row: Current,
  action: OperatorAction,
  input: Json,
  definitionOf: DefinitionOf,
): CommandError | undefined {
  if (action !== 'retry' || row.direction === 'compensation' || row.style === 'choreography') {
    return new CommandError('BAD_INPUT', 'input: only the retry of a forward step takes one.');
  }
  const definition = definitionOf(row.definition, row.version);
  const parsed = definition?.input.safeParse(input);
  if (!definition || !parsed?.success) {
    return new CommandError(
      'BAD_INPUT',
      `input: ${parsed?.error?.message ?? 'unknown definition'}`,
    );
  }
  const { businessKey = null, subject = null } = definition.keys(input as never);
  return businessKey === row.business_key && subject === row.subject
    ? undefined
    : new CommandError('BAD_INPUT', 'input: it must be about the same order and customer.');
}

async function apply(tx: Tx, operation: Operation): Promise<void> {
  const { sagaId, action, reason, actor, expectedSeq, input } = operation;
  const event: SagaEvent = {
    type: 'OperatorActed',
    data: { action, reason, ...(input !== undefined && { input }) },
  };
  const log = await tx.query<EventRow>(
    `select ${eventColumns} from saga.event where saga_id = $1 order by seq`,
    [sagaId],
  );
  const state = evolve(log.map(recorded).reduce<SagaState>(evolve, initialState), event);
  await Promise.all([
    tx.query(
      `update saga.instance
          set fence = fence + 1, seq = $2, status = $3, summary = $4::text::jsonb,
              updated_at = clock_timestamp()
        where id = $1`,
      [sagaId, state.seq, state.phase.status, JSON.stringify(summarise(state))],
    ),
    tx.query(
      `insert into saga.event (saga_id, seq, type, data, actor) values ($1, $2, $3, $4::text::jsonb, $5)`,
      [sagaId, expectedSeq + 1, event.type, JSON.stringify(event.data), actor],
    ),
    tx.query(
      `insert into saga.ready (saga_id, run_at, definition_key)
       select id, clock_timestamp(),
              case style when 'choreography' then 'choreography-mail' else definition || '@' || version end
         from saga.instance where id = $1
       on conflict (saga_id) do update set run_at = least(ready.run_at, excluded.run_at)`,
      [sagaId],
    ),
    writeAudit(tx, { ...operation, result: 'accepted', seq: expectedSeq + 1 }),
  ]);
}
