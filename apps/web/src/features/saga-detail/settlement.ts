import type { Saga } from '@/lib/trpc.ts';

/** An operator's word on a step. */
export interface Settlement {
  readonly as: 'done' | 'not-done';
  readonly output?: unknown;
}

/** JSON that a person has written; a sentence when it is none. */
export type Written = { readonly value: unknown } | { readonly problem: string };

export function readJson(text: string): Written {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return { problem: `This is not JSON: ${said}` };
  }
}

/** An empty output means: the one that the service has, or none. */
export function readSettlement(
  as: Settlement['as'],
  output: string,
): Settlement | { readonly problem: string } {
  if (as === 'not-done' || output.trim() === '') return { as };
  const read = readJson(output);
  return 'problem' in read ? read : { as, output: read.value };
}

/** Why a step cannot be settled as not done; the server has the last word. */
export function notDoneRefusal({ direction, steps, current }: Saga): string | undefined {
  if (direction === 'compensation') return 'An undo that was not done is still owed.';
  const step = steps.find(({ name }) => name === current?.step);
  if (step?.class === 'retriable') return 'Past the pivot every step must be done in the end.';
  return step?.status === 'failed' ? 'It is known already that it was not done.' : undefined;
}
