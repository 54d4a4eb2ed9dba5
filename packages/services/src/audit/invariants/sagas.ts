import { isTerminal } from '@counterstep/saga-core/machine';
import { notConcerned, sentences, type SagaInvariant, stillMoving } from '../types.ts';

export const gaplessLog: SagaInvariant = {
  name: 'gapless-log',
  description: "Each saga's log counts from 1 without a gap up to the sequence of its row.",
  check({ instance }) {
    if (!instance) return notConcerned;
    const { events, firstSeq, lastSeq, seq } = instance;
    return {
      rows: events,
      broken: sentences([
        firstSeq !== 1 || lastSeq !== seq || events !== seq,
        `The row is at ${seq}; the log has ${events} events from ${firstSeq} to ${lastSeq}.`,
      ]),
    };
  },
};

export const terminalAtRest: SagaInvariant = {
  name: 'terminal-at-rest',
  description: 'A saga that has ended has no owner and nothing left to run.',
  check({ instance }) {
    if (!instance) return notConcerned;
    if (!isTerminal(instance.status)) return stillMoving;
    return {
      rows: 1,
      broken: sentences(
        [instance.owned, `It is ${instance.status}, but a worker owns it.`],
        [instance.ready, `It is ${instance.status}, but it is queued to run.`],
      ),
    };
  },
};

export const onePlace: SagaInvariant = {
  name: 'one-place',
  description:
    'Each saga with a coordinator that has not ended is in one place: with a live worker, queued, stuck, paused or waiting for a signal.',
  check({ instance }) {
    if (!instance || instance.leaderless || isTerminal(instance.status)) return notConcerned;
    const { owned, ownerLives, ready, paused, awaitsSignal, status } = instance;
    const rests = status === 'stuck' || paused || awaitsSignal;
    return {
      rows: 1,
      broken: sentences(
        [owned && !ownerLives, 'Its owner is gone.'],
        [owned && ready, 'It is owned and queued at the same time.'],
        [!owned && !ready && !rests, `It is ${status}, but nobody will ever run it.`],
        [status === 'stuck' && ready, 'It is stuck and queued at the same time.'],
      ),
    };
  },
};

export const operatorActs: SagaInvariant = {
  name: 'operator-acts',
  description: 'Whatever an operator did to a saga has exactly one row in the audit log.',
  check({ instance }) {
    if (!instance || instance.operatorSeqs.length === 0) return notConcerned;
    const { operatorSeqs, auditSeqs } = instance;
    const unaudited = operatorSeqs.filter(
      (seq) => auditSeqs.filter((audited) => audited === seq).length !== 1,
    );
    return {
      rows: operatorSeqs.length,
      broken: sentences([
        unaudited.length > 0,
        `The acts at ${unaudited.join(', ')} do not have one audit row each.`,
      ]),
    };
  },
};
