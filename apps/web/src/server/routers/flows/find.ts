import { flowGraph, type FlowGraph } from '@counterstep/saga-core/choreography';
import { flows } from '@counterstep/services/flows';
import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { name } from '../../schemas.ts';

export const flowInput = z.strictObject({
  definition: name,
  /** Absent: the newest. */
  version: z.int().min(1).max(2_147_483_647).optional(),
});

export const graphs: readonly FlowGraph[] = flows.map(flowGraph);

/** The declared flow of a definition; NOT_FOUND for one that nobody runs without coordinator. */
export function findGraph({ definition, version }: z.infer<typeof flowInput>): FlowGraph {
  const found = graphs
    .filter((graph) => graph.definition === definition)
    .filter((graph) => version === undefined || graph.version === version)
    .toSorted((a, b) => b.version - a.version)[0];
  if (found) return found;
  const which = version === undefined ? definition : `${definition}, version ${version}`;
  throw new TRPCError({
    code: 'NOT_FOUND',
    message: `There is no declared flow of ${which}; flows.list has those that there are.`,
  });
}
