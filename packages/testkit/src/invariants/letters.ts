import type { SagaEventType } from '@counterstep/saga-core/machine';
import type { Invariant } from './violation.ts';

/** Whoever is told that a cancel was taken must not see the pivot begin after it. */
export const cancelForbidsPivot: Invariant = ({ definition, log, mail }) => {
  const pivot = definition.steps.find((step) => step.class === 'pivot');
  const begin = log.findIndex(
    ({ event }) => event.type === 'StepDispatched' && event.step === pivot?.name,
  );
  const begun = log[begin];
  const cancel = mail.find(({ letter }) => letter.kind === 'cancel');
  if (!begun || !cancel || cancel.tick > begun.tick) return [];
  const isRead = log.slice(0, begin).some(({ event }) => event.type === 'CancelRequested');
  return isRead ? [] : [`#${begun.event.seq} begins the pivot though a cancel waits`];
};

const factOf = {
  cancel: 'CancelRequested',
  pause: 'SagaPaused',
  resume: 'SagaResumed',
  signal: 'SignalReceived',
} as const satisfies Record<string, SagaEventType>;

/** Each letter up to the one last read stands in the log once, in the order of sending. */
export const lettersAreReadOnce: Invariant = ({ instance, log, mail }) => {
  const facts: readonly string[] = Object.values(factOf);
  const read = mail.slice(0, instance.mailRead).map(({ letter }) => factOf[letter.kind]);
  const logged = log.map(({ event }) => event.type).filter((type) => facts.includes(type));
  return read.join() === logged.join()
    ? []
    : [`the letters read are ${read.join(', ')}; the log has ${logged.join(', ')}`];
};
