import { failuresOf } from '../failures.ts';
import { type Check, listOf } from './check.ts';

export const waysBack: Check = (flow) =>
  failuresOf(flow)
    .filter(({ missing }) => missing.length > 0)
    .map(({ type, steps, undone, missing, ends }) => {
      const undoes = undone.length > 0 ? listOf(undone.map(({ step }) => step)) : 'nothing';
      return (
        `${type} of ${listOf(steps)} has no way back for ${listOf(missing)}: it undoes ${undoes} and ` +
        `ends with ${ends.join(', ')}. Let the counter-step of "${missing.at(-1)}" react to ${type} ` +
        'or to an event that follows from it.'
      );
    });
