import { observe, type RecordedMessage } from '@counterstep/saga-core/choreography';
import type { SagaEvent, SagaState } from '@counterstep/saga-core/machine';
import { flowKey, type Flows } from './flow.ts';
import { type LogState, logState } from './log-state.ts';

/** An event that the tracker is about to write. */
export interface NewEvent {
  readonly sagaId: string;
  readonly seq: number;
  readonly event: SagaEvent;
  readonly actor: string;
  /** Absent for what people and alarms have added. */
  readonly messageId?: string;
  readonly at: string;
}

/** One saga after a fold. */
export interface Folded extends LogState {
  readonly sagaId: string;
  readonly events: readonly NewEvent[];
  readonly held: readonly RecordedMessage[];
}

/**
 * A message that cannot be folded is held, to be tried with the next one; neither what it has caused nor
 * any other saga waits for it.
 *
 * @param before absent when the message that accepts the saga has not come yet
 */
export function foldSaga(
  sagaId: string,
  flows: Flows,
  before: LogState | undefined,
  messages: readonly RecordedMessage[],
  onError: (error: unknown) => void,
): Folded {
  let { state } = before ?? logState([]);
  const seen = new Set(before?.seen);
  let waiting = [...new Map(messages.map((m) => [m.messageId, m])).values()]
    .filter((message) => !seen.has(message.messageId) && message.epoch >= epochOf(state))
    .sort(byCommit);
  const events: NewEvent[] = [];
  const unfoldable: RecordedMessage[] = [];
  const causes = new Set(seen);
  while (before) {
    const next = nextOf(waiting, causes);
    const flow = next && flows.get(flowKey(next));
    if (!next || !flow) break;
    const { at, messageId } = next;
    waiting = waiting.filter((message) => message !== next);
    causes.add(messageId);
    try {
      const observed = observe(flow.definition, flow.reactions, state, next);
      observed.events.forEach((event, index) => {
        const actor = index === 0 ? actorOf(next) : 'tracker';
        events.push({ sagaId, seq: state.seq + 1 + index, event, actor, messageId, at });
      });
      state = observed.state;
      seen.add(messageId);
    } catch (error) {
      unfoldable.push(next);
      onError(new UnfoldableError(next, error));
    }
  }
  return { sagaId, state, seen, events, held: [...unfoldable, ...waiting] };
}

/** A message that says what this worker cannot follow: its service may be of another version. */
export class UnfoldableError extends Error {
  override readonly name = 'UnfoldableError';

  constructor({ messageId, sagaId, service, type }: RecordedMessage, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super(
      `The message ${messageId} (${type}) of ${service} about saga ${sagaId} cannot be followed and is held: ` +
        `${why} Once a worker can, pnpm tracker:rebuild writes the log anew.`,
      { cause },
    );
  }
}

/**
 * The canonical order: of the messages whose cause is there, the earliest commit first. Not the depth of
 * causation: a cancel answers to the first message and comes in the middle.
 */
export function byCommit(a: RecordedMessage, b: RecordedMessage): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return a.messageId < b.messageId ? -1 : 1;
}

/** The first message of a sorted list that nothing has to wait for. */
export function nextOf(
  waiting: readonly RecordedMessage[],
  seen: ReadonlySet<string>,
): RecordedMessage | undefined {
  return waiting.find(({ causationId }) => causationId === null || seen.has(causationId));
}

/** Whoever has taken the saga over knows its effects: what services said before adds nothing. */
const epochOf = ({ takeover }: SagaState): number => takeover?.epoch ?? 0;

export const actorOf = (message: RecordedMessage): string =>
  message.report.kind === 'accepted' ? 'api' : message.service;
