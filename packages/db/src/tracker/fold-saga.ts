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

/** @param before absent when the message that accepts the saga has not come yet */
export function foldSaga(
  sagaId: string,
  flows: Flows,
  before: LogState | undefined,
  messages: readonly RecordedMessage[],
): Folded {
  let { state } = before ?? logState([]);
  const seen = new Set(before?.seen);
  let waiting = [...new Map(messages.map((m) => [m.messageId, m])).values()]
    .filter((message) => !seen.has(message.messageId) && message.epoch >= epochOf(state))
    .sort(byCommit);
  const events: NewEvent[] = [];
  while (before) {
    const next = nextOf(waiting, seen);
    const flow = next && flows.get(flowKey(next));
    if (!next || !flow) break;
    const { at, messageId } = next;
    const observed = observe(flow.definition, flow.reactions, state, next);
    observed.events.forEach((event, index) => {
      const actor = index === 0 ? actorOf(next) : 'tracker';
      events.push({ sagaId, seq: state.seq + 1 + index, event, actor, messageId, at });
    });
    state = observed.state;
    seen.add(messageId);
    waiting = waiting.filter((message) => message !== next);
  }
  return { sagaId, state, seen, events, held: waiting };
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
