import { randomUUID } from 'node:crypto';
import type { Message } from '@counterstep/saga-core/choreography';

/** A message of Order about some saga. */
export const messageOf = (sagaId: string, causationId: string | null = null): Message => ({
  messageId: randomUUID(),
  type: 'Tested',
  version: 1,
  service: 'order',
  sagaId,
  causationId,
  depth: 0,
  definition: 'test',
  definitionVersion: 1,
  epoch: 0,
  step: 'test',
  report: { kind: 'null-compensated', attempt: 1 },
  data: null,
  correlationId: null,
  idempotencyKey: null,
});
