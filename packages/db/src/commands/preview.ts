import { type SagaShape, stepOf, workName } from '@counterstep/saga-core/definition';
import {
  evolve,
  initialState,
  isLeaderless,
  type OperatorAction,
  reconcile,
  refusalOf,
  type SagaEvent,
  type SagaState,
  type Style,
  takeOverRefusal,
  takeTurn,
} from '@counterstep/saga-core/machine';
import type { Direction, FencedEffect, Json } from '@counterstep/saga-core/participant';
import { readLogs } from '../store/claim.ts';
import type { Pool } from '../tx/index.ts';
import { notFound } from './errors.ts';

export interface PreviewedCommand {
  readonly operation: string;
  readonly step: string;
  readonly direction: Direction;
  readonly attempt: number;
  readonly request: Json;
}

export interface Preview {
  /** The log must still end here when the act is done. */
  readonly seq: number;
  /** What would be sent first; what follows depends on the answers. */
  readonly commands: readonly PreviewedCommand[];
  /** Status of the saga right after the act. */
  readonly status: string;
  readonly note: string;
}

export type PreviewAction = OperatorAction | 'cancel' | 'pause' | 'resume';

export interface PreviewRequest {
  readonly sagaId: string;
  readonly action: PreviewAction;
  /** `settle` only; done unless it says otherwise. */
  readonly as?: 'done' | 'not-done' | undefined;
  /** `retry` only: the corrected input. */
  readonly input?: Json | undefined;
}

/** What an act would send, computed by the same plan that would send it. Changes nothing. */
export async function previewAction(
  pool: Pool,
  definitionOf: (name: string, version: number) => SagaShape | undefined,
  { sagaId, action, as, input }: PreviewRequest,
): Promise<Preview> {
  const { style, definition, state } = await load(pool, definitionOf, sagaId);
  const refusal = !isOperatorAction(action)
    ? undefined
    : isLeaderless(style, state) && action !== 'retry'
      ? 'Its services would go on reacting by themselves. Take it over first.'
      : refusalOf(definition.steps, state, action, as);
  if (refusal !== undefined) return impossible(state, refusal);
  return previewOf(definition, state, [factOf(action, as, input)]);
}

/**
 * What a takeover would send first, from what the services have done until now; they may do more before
 * they are fenced. Changes nothing.
 *
 * @param effectsOf looks at what all services have stored of a saga
 */
export async function previewTakeOver(
  pool: Pool,
  definitionOf: (name: string, version: number) => SagaShape | undefined,
  effectsOf: (sagaId: string) => Promise<readonly FencedEffect[]>,
  sagaId: string,
): Promise<Preview> {
  const { style, definition, state } = await load(pool, definitionOf, sagaId);
  const refusal = takeOverRefusal(style, state);
  if (refusal !== undefined) return impossible(state, refusal);
  const taken: SagaEvent = { type: 'SagaTakenOver', data: { epoch: 1, reason: 'preview' } };
  const effects = await effectsOf(sagaId);
  const facts = reconcile(definition, evolve(state, taken), 1, effects);
  return { ...previewOf(definition, state, [taken, ...facts]), seq: state.seq };
}

interface Loaded {
  readonly style: Style;
  readonly definition: SagaShape;
  readonly state: SagaState;
}

async function load(
  pool: Pool,
  definitionOf: (name: string, version: number) => SagaShape | undefined,
  sagaId: string,
): Promise<Loaded> {
  const log = (await readLogs(pool, [sagaId])).get(sagaId);
  const accepted = log?.[0];
  if (!log || accepted?.type !== 'SagaAccepted') throw notFound(sagaId);
  const definition = definitionOf(accepted.data.definition, accepted.data.version);
  if (!definition) throw notFound(sagaId);
  const state = log.reduce<SagaState>(evolve, initialState);
  return { style: accepted.data.style, definition, state };
}

function impossible({ seq, phase }: SagaState, refusal: string): Preview {
  return { seq, commands: [], status: phase.status, note: `Not possible now. ${refusal}` };
}

export function previewOf(
  definition: SagaShape,
  state: SagaState,
  facts: readonly SagaEvent[],
): Preview {
  const turn = takeTurn(definition, state, facts, new Date().toISOString());
  const commands = turn.events.flatMap((event) => commandIn(event));
  const closes = turn.due.do === 'act' ? turn.due.actions.filter((a) => a.kind === 'close') : [];
  for (const { step } of closes) {
    const operation = `${workName(stepOf(definition, step).action, step)} (close)`;
    commands.push({ operation, step, direction: 'action', attempt: 1, request: null });
  }
  const note =
    commands.length > 0
      ? 'Sent with the same key as before; an effect that is there already is not repeated.'
      : 'Nothing is sent.';
  return { seq: state.seq, commands, status: turn.state.phase.status, note };
}

function isOperatorAction(action: PreviewAction): action is OperatorAction {
  return action !== 'cancel' && action !== 'pause' && action !== 'resume';
}

export function factOf(
  action: PreviewAction,
  as: PreviewRequest['as'],
  input: PreviewRequest['input'],
): SagaEvent {
  const reason = 'preview';
  switch (action) {
    case 'cancel':
      return { type: 'CancelRequested', data: { reason } };
    case 'pause':
      return { type: 'SagaPaused', data: { reason } };
    case 'resume':
      return { type: 'SagaResumed', data: { reason } };
    case 'settle':
      return { type: 'OperatorActed', data: { action, reason, as: as ?? 'done' } };
    case 'retry':
      return {
        type: 'OperatorActed',
        data: { action, reason, ...(input !== undefined && { input }) },
      };
    case 'skip':
    case 'compensate':
    case 'resolve':
      return { type: 'OperatorActed', data: { action, reason } };
  }
}

function commandIn(event: SagaEvent): PreviewedCommand[] {
  if (event.type !== 'StepDispatched' && event.type !== 'CompensationDispatched') return [];
  const { operation, request } = event.data;
  const direction = event.type === 'StepDispatched' ? 'action' : 'compensation';
  return [{ operation, step: event.step, direction, attempt: event.attempt, request }];
}
