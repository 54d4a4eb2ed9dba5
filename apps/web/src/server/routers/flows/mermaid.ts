import { flowToMermaid } from '@counterstep/saga-core/choreography';
import { procedure } from '../../trpc.ts';
import { findGraph, flowInput } from './find.ts';

/** The same graph as a Mermaid flowchart, to be pasted into a page. */
export const mermaid = procedure
  .input(flowInput)
  .query(({ input }) => ({ text: flowToMermaid(findGraph(input)) }));
