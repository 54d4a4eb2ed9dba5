import { sourcesOf } from '../walks.ts';
import type { Check } from './check.ts';

export const unused: Check = (flow) => {
  const emitted = new Set(sourcesOf(flow).map(({ event }) => event.type));
  return flow.events
    .filter(({ type }) => !emitted.has(type))
    .map(
      ({ type, service }) =>
        `"${service}" declares ${type}, which nobody emits. Emit it from a reaction of ` +
        `"${service}", or take it out of its events.`,
    );
};
