import { observe, type RecordedMessage } from '@counterstep/saga-core/choreography';
import {
  evolve,
  initialState,
  type RecordedEvent,
  type SagaEvent,
  type SagaState,
} from '@counterstep/saga-core/machine';
import { flowKey, type Flows } from './flow.ts';
import {
  actorOf,
  byCommit,
  type Folded,
  type NewEvent,
  nextOf,
  UnfoldableError,
} from './fold-saga.ts';

/**
 * A saga's log from all of its messages in their canonical order, and from what stands in no outbox: the
 * words of people, and alarms, each before the messages that it came before in the old log. What cannot be
 * folded is held, as `foldSaga` does.
 */
export function replaySaga(
  sagaId: string,
  flows: Flows,
  messages: readonly RecordedMessage[],
  old: readonly RecordedEvent[],
  onError: (error: unknown) => void,
): Folded {
  let state: SagaState = initialState;
  const events: NewEvent[] = [];
  const seen = new Set<string>();
  const causes = new Set<string>();
  const unfoldable: RecordedMessage[] = [];
  const words = old.filter(({ messageId }) => messageId === undefined);
  const add = (event: SagaEvent, rest: Omit<NewEvent, 'sagaId' | 'seq' | 'event'>) =>
    events.push({ sagaId, seq: events.length + 1, event, ...rest });
  const say = (isDue: (word: RecordedEvent) => boolean) => {
    for (let [word] = words; word && isDue(word); [word] = words) {
      words.shift();
      state = evolve(state, word);
      add(word, { actor: word.actor, at: word.at });
    }
  };
  let waiting = messages.filter((message) => flows.has(flowKey(message))).sort(byCommit);
  for (let next = nextOf(waiting, causes); next; next = nextOf(waiting, causes)) {
    const message = next;
    const { messageId, at } = message;
    const flow = flows.get(flowKey(message));
    if (!flow) break;
    const place = old.find((event) => event.messageId === messageId)?.seq;
    // One that the old log did not know has nothing but its time.
    say((word) => (place === undefined ? word.at < at : word.seq < place));
    waiting = waiting.filter((other) => other !== message);
    causes.add(messageId);
    try {
      const observed = observe(flow.definition, flow.reactions, state, message);
      observed.events.forEach((event, index) => {
        add(event, { actor: index === 0 ? actorOf(message) : 'tracker', messageId, at });
      });
      state = observed.state;
      seen.add(messageId);
    } catch (error) {
      unfoldable.push(message);
      onError(new UnfoldableError(message, error));
    }
  }
  say(() => true);
  return { sagaId, state, seen, events, held: [...unfoldable, ...waiting] };
}
