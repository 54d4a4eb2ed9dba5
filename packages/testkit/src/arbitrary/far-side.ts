import { type Direction, type Json, Rejection } from '@counterstep/saga-core/participant';
import type { MemoryServices } from '../memory/index.ts';
import type { FarSide } from './build.ts';

/**
 * A world for plain functions that honours their keys as an operation's barrier does: one effect per
 * key, and none after the key was closed. What it refuses is a `Rejection`, what it cannot say is thrown.
 *
 * @param garbles says whether an answer comes in a form that no log can hold
 */
export function farSideOf(services: MemoryServices, garbles: () => boolean = () => false): FarSide {
  /** A probe that has said "not done" has promised that it will not be. */
  const given = new Set<string>();
  return {
    call(key, attempt) {
      if (given.has(key)) throw new Rejection('KEY_CLOSED', 'The probe has given this key up.');
      const outcome = services.execute({
        ...partsOf(key),
        operation: 'function',
        attempt,
        // Each attempt may be answered anew: a "no" to one of them does not bind the next.
        generation: attempt,
        request: null,
        notAfter: '9999-12-31T00:00:00.000Z',
      });
      switch (outcome.kind) {
        case 'applied':
          return garbles() ? unstorable : outcome.output;
        case 'null-compensated':
          return null;
        case 'rejected':
          throw new Rejection(outcome.error.code, outcome.error.message);
        case 'closed':
        case 'suppressed':
          throw new Rejection('KEY_CLOSED', 'Nothing can happen under this key any more.');
        case 'expired':
        case 'transient':
        case 'unknown':
        case 'unstorable':
          throw new Error(`The far side says ${outcome.kind}.`);
      }
    },
    probe(key) {
      const outcome = services.close({ ...partsOf(key), direction: 'action' });
      if (outcome.kind !== 'applied') given.add(key);
      return outcome.kind === 'applied' ? { done: true, output: outcome.output } : { done: false };
    },
  };
}

/** What a function may return whose author did not look at its type. */
const unstorable = 1n as unknown as Json;

function partsOf(key: string): { sagaId: string; step: string; direction: Direction } {
  const [sagaId = '', step = '', direction] = key.split('/');
  return { sagaId, step, direction: direction === 'compensation' ? 'compensation' : 'action' };
}
