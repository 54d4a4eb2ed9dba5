'use client';

import { useQuery } from '@tanstack/react-query';
import { type Definition, useTRPC } from './trpc.ts';

type Version = Definition['versions'][number];

/** All definitions that the dashboard has code for; they change only with a new start of it. */
export function useDefinitions() {
  const trpc = useTRPC();
  return useQuery(trpc.definitions.list.queryOptions(undefined, { staleTime: 300_000 }));
}

/** One version of one definition; undefined for one that only workers know. */
export function useVersion(definition: string, version: number): Version | undefined {
  const { data } = useDefinitions();
  const versions = data?.find(({ name }) => name === definition)?.versions;
  return versions?.find((each) => each.version === version);
}
