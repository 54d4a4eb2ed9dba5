import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { type Outputs, useTRPC, useTRPCClient } from '@/lib/trpc.ts';
import type { BulkAction } from './bulk-words.ts';
import type { Filter } from './use-filter.ts';

export interface BulkQuestion {
  readonly action: BulkAction;
  readonly as?: 'done' | 'not-done';
}

type Preview = Outputs['sagas']['previewMany'];
type Result = Outputs['sagas']['operateMany'][number];

export interface BulkPlan extends Omit<Preview, 'nextCursor'> {
  /** The view finds still more; they are for another act. */
  readonly hasMore: boolean;
}

/** One act is for so many; its answer must be read by a person. */
export const bulkMax = 5_000;
/** A request has at most 64 KB. */
const partSize = 250;

const whichOf = ({ selected, query }: Filter) =>
  selected === 'all' ? { filter: query } : { sagaIds: [...selected] };

/** What an act would do to the selection; read part by part, as the server gives it. */
export function useBulkPlan(filter: Filter, question: BulkQuestion) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const which = whichOf(filter);
  return useQuery({
    queryKey: [...trpc.sagas.previewMany.pathKey(), question, which],
    staleTime: 0,
    gcTime: 0,
    async queryFn({ signal }): Promise<BulkPlan> {
      const parts: Preview[] = [];
      let cursor: string | undefined;
      do {
        const input = { ...question, which, ...(cursor && { cursor }) };
        const part = await client.sagas.previewMany.query(input, { signal });
        parts.push(part);
        cursor = part.nextCursor;
      } while (cursor && parts.flatMap(({ targets }) => targets).length < bulkMax);
      return {
        targets: parts.flatMap(({ targets }) => targets).slice(0, bulkMax),
        refused: parts.flatMap(({ refused }) => refused),
        sends: sumOf(parts.flatMap(({ sends }) => sends)),
        hasMore: cursor !== undefined,
      };
    },
  });
}

function sumOf(sends: Preview['sends']): Preview['sends'] {
  const counts = new Map<string, number>();
  for (const { operation, count } of sends) {
    counts.set(operation, (counts.get(operation) ?? 0) + count);
  }
  return [...counts].map(([operation, count]) => ({ operation, count }));
}

export type Progress =
  | { readonly phase: 'asked' }
  | { readonly phase: 'running'; readonly results: readonly Result[] }
  | { readonly phase: 'over'; readonly results: readonly Result[]; readonly error?: Error };

/** Sends an act part by part. What has been sent is done; the rest can be stopped. */
export function useBulkAct(question: BulkQuestion) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const [progress, setProgress] = useState<Progress>({ phase: 'asked' });
  const isStopped = useRef(false);

  async function run(targets: BulkPlan['targets'], reason: string) {
    const results: Result[] = [];
    isStopped.current = false;
    setProgress({ phase: 'running', results });
    try {
      for (let start = 0; start < targets.length && !isStopped.current; start += partSize) {
        const part = targets.slice(start, start + partSize);
        const input = { ...question, reason, targets: part };
        results.push(...(await client.sagas.operateMany.mutate(input)));
        setProgress({ phase: 'running', results: [...results] });
      }
      setProgress({ phase: 'over', results });
    } catch (error) {
      const cause = error instanceof Error ? error : new Error(String(error));
      setProgress({ phase: 'over', results, error: cause });
    }
    void queries.invalidateQueries({ queryKey: trpc.sagas.causes.pathKey() });
  }

  const stop = () => {
    isStopped.current = true;
  };
  return { progress, run, stop };
}
