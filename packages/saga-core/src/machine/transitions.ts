import type { Backward, Forward, SagaState, SagaStatus } from './state.ts';

/**
 * Every move that a saga may make. `stuck` reaches an end only where nobody coordinates: there the
 * event that it waited for may come after all.
 */
const sagaMoves = {
  pending: ['running', 'compensating'],
  running: ['committed', 'compensating', 'completed', 'stuck', 'resolved'],
  committed: ['completed', 'stuck', 'resolved'],
  // Back to committed: its services say so when it is taken over.
  compensating: ['compensated', 'stuck', 'resolved', 'committed'],
  stuck: ['running', 'committed', 'compensating', 'completed', 'compensated'],
  completed: [],
  compensated: [],
  resolved: [],
} as const satisfies Record<SagaStatus, readonly SagaStatus[]>;

/** Every move of a step's way forward. */
const forwardMoves = {
  pending: ['dispatched', 'waiting', 'failed', 'succeeded'],
  // Back to pending: its services were fenced before they had begun.
  dispatched: ['succeeded', 'failed', 'unknown', 'pending'],
  waiting: ['dispatched', 'succeeded', 'failed', 'unknown', 'pending'],
  failed: ['waiting', 'pending', 'succeeded', 'failed'],
  unknown: ['waiting', 'pending', 'succeeded', 'failed'],
  succeeded: [],
} as const satisfies Record<Forward['status'], readonly Forward['status'][]>;

/** Every move of a step's way back; `none` until its counter-step is first sent. */
const backwardMoves = {
  none: ['compensating', 'compensation-failed', 'compensated', 'null-compensated'],
  compensating: ['compensated', 'null-compensated', 'compensation-failed', 'none'],
  'compensation-waiting': ['compensating', 'compensated', 'null-compensated', 'none'],
  'compensation-failed': [
    'compensation-waiting',
    'compensation-skipped',
    'none',
    'compensated',
    'null-compensated',
  ],
  'compensation-skipped': [],
  compensated: [],
  'null-compensated': [],
} as const satisfies Record<Backward['status'] | 'none', readonly (Backward['status'] | 'none')[]>;

/** One move of one machine, `saga: running → committed`. */
export type Move = `${'saga' | 'forward' | 'backward'}: ${string} → ${string}`;

/** The moves between two states of one saga, the legal and the others. */
export function movesBetween(before: SagaState, after: SagaState): Move[] {
  const moves: Move[] = [];
  const add = (machine: 'saga' | 'forward' | 'backward', from: string, to: string) => {
    if (from !== to) moves.push(`${machine}: ${from} → ${to}`);
  };
  add('saga', before.phase.status, after.phase.status);
  for (const [name, step] of Object.entries(after.steps)) {
    const old = before.steps[name];
    if (old === step) continue;
    add('forward', old?.forward.status ?? 'pending', step.forward.status);
    add('backward', old?.backward?.status ?? 'none', step.backward?.status ?? 'none');
  }
  return moves;
}

/** All legal moves. */
export const legalMoves: ReadonlySet<Move> = new Set([
  ...movesOf('saga', sagaMoves),
  ...movesOf('forward', forwardMoves),
  ...movesOf('backward', backwardMoves),
]);

function movesOf(
  machine: 'saga' | 'forward' | 'backward',
  table: Readonly<Record<string, readonly string[]>>,
): Move[] {
  return Object.entries(table).flatMap(([from, tos]) =>
    tos.filter((to) => to !== from).map((to): Move => `${machine}: ${from} → ${to}`),
  );
}
