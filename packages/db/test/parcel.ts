import { randomUUID } from 'node:crypto';
import {
  defineChoreography,
  emit,
  event,
  on,
  type RecordedMessage,
  type Report,
} from '@counterstep/saga-core/choreography';
import { defineSaga } from '@counterstep/saga-core/definition';
import { operation } from '@counterstep/saga-core/participant';
import { z } from 'zod';
import { flowsOf } from '../src/tracker/index.ts';

const ref = z.object({ id: z.string() });
const declared = (type: string, service: string) => event({ type, service, version: 1, data: ref });
const called = (name: `${string}.${string}`) => operation({ name, request: ref, response: ref });
const same = (data: z.infer<typeof ref>) => data;

const asked = declared('Asked', 'desk');
const packed = declared('Packed', 'store');
const refused = declared('Refused', 'store');
const sent = declared('Sent', 'carrier');

const parcel = defineSaga({ name: 'parcel', version: 1, input: ref })
  .pivot('pack', { action: called('store.pack'), request: ({ input }) => input })
  .retriable('send', { action: called('carrier.send'), request: ({ input }) => input })
  .build();

const flow = defineChoreography({
  definition: parcel,
  start: asked,
  startData: (input) => input,
  events: [asked, packed, refused, sent],
  reactions: [
    on(asked, {
      step: 'pack',
      operation: called('store.pack'),
      request: same,
      applied: emit(packed, same),
      rejected: emit(refused, same),
    }),
    on(packed, {
      step: 'send',
      operation: called('carrier.send'),
      request: same,
      applied: emit(sent, same),
    }),
  ],
});
export const flows = flowsOf([flow]);

/**
 * The three messages of one saga that goes well.
 *
 * @param startMs when it was asked for; the others follow it a second apart
 */
export function story(
  sagaId: string,
  startMs = Date.UTC(2026, 0, 1),
): [RecordedMessage, RecordedMessage, RecordedMessage] {
  const ids = [randomUUID(), randomUUID(), randomUUID()];
  const applied = { kind: 'applied', direction: 'action', attempt: 1, output: null } as const;
  const tell = (depth: number, type: string, service: string, step: string, report: Report) => ({
    messageId: ids[depth] ?? '',
    type,
    version: 1,
    service,
    sagaId,
    causationId: ids[depth - 1] ?? null,
    depth,
    definition: 'parcel',
    definitionVersion: 1,
    epoch: 0,
    step,
    report,
    data: { id: sagaId },
    correlationId: null,
    idempotencyKey: null,
    at: new Date(startMs + depth * 1_000).toISOString(),
  });
  return [
    tell(0, 'Asked', 'desk', 'pack', { kind: 'accepted', input: { id: sagaId } }),
    tell(1, 'Packed', 'store', 'pack', applied),
    tell(2, 'Sent', 'carrier', 'send', applied),
  ];
}

/** As a service of a later version may tell it. */
export const unknownReport = (message: RecordedMessage): RecordedMessage => ({
  ...message,
  messageId: randomUUID(),
  report: { kind: 'paused', attempt: 1 } as unknown as Report,
});
