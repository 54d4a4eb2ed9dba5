import { flowToJson } from '@counterstep/saga-core/choreography';
import { procedure } from '../../trpc.ts';
import { findGraph, flowInput } from './find.ts';

/** The graph of a declared flow: what `pnpm flow --json` prints and the dashboard draws. */
export const get = procedure.input(flowInput).query(({ input }) => flowToJson(findGraph(input)));
