import { DefinitionError } from '../definition/index.ts';
import { checkFlow } from './checks/index.ts';
import type { Choreography } from './flow.ts';

/**
 * Joins what stands next to each service's code, its events and its reactions, into one flow and
 * checks it. `checks/index.ts` lists what is refused.
 *
 * @throws DefinitionError naming the culprits of the first check that does not hold, one a line
 */
export function defineChoreography<Input>(flow: Choreography<Input>): Choreography<Input> {
  const problems = checkFlow(flow);
  if (problems.length > 0) {
    const { name } = flow.definition;
    throw new DefinitionError(problems.map((what) => `Choreography "${name}": ${what}`).join('\n'));
  }
  return Object.freeze(flow);
}
