import { procedure } from '../../trpc.ts';
import { graphs } from './find.ts';

/** The flows that this process has code for. */
export const list = procedure.query(() =>
  graphs.map(({ definition, version }) => ({ definition, version })),
);
