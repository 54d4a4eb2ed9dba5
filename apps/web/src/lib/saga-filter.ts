import type { SagaRow, SagaStatus } from './trpc.ts';

/** What a list is asked for; the stream and "37 new" ask it of each saga that changes. */
export interface SagaFilter {
  readonly status?: SagaStatus | readonly SagaStatus[] | undefined;
  readonly view?: View | undefined;
  readonly style?: string | undefined;
  readonly stalled?: boolean | undefined;
  readonly definition?: string | undefined;
  readonly search?: string | undefined;
}

type View = 'active' | 'retrying' | 'unknown' | 'waiting' | 'paused' | 'stalled';

/** What of a saga is looked at. */
type Looked = Pick<
  SagaRow,
  | 'id'
  | 'status'
  | 'style'
  | 'stalled'
  | 'paused'
  | 'inDoubt'
  | 'definition'
  | 'businessKey'
  | 'subject'
  | 'finishedAt'
> & {
  readonly current?: { readonly retryAt?: string; readonly waitsFor?: string };
};

/** The same as the conditions of the query, over a saga in hand. */
export function matches(filter: SagaFilter, saga: Looked): boolean {
  const { status, view, style, stalled, definition, search } = filter;
  if (status && !(typeof status === 'string' ? [status] : status).includes(saga.status))
    return false;
  if (view && !isIn(view, saga)) return false;
  if (style && style !== saga.style) return false;
  if (stalled !== undefined && stalled !== saga.stalled) return false;
  if (definition && definition !== saga.definition) return false;
  return !search || isFound(search.trim().toLowerCase(), saga);
}

function isIn(
  view: View,
  { finishedAt, status, current, inDoubt, paused, stalled }: Looked,
): boolean {
  if (view === 'stalled') return stalled;
  if (finishedAt !== undefined) return false;
  switch (view) {
    case 'active':
      return true;
    case 'retrying':
      return current?.retryAt !== undefined;
    case 'unknown':
      return inDoubt;
    case 'waiting':
      return status !== 'stuck' && current?.waitsFor !== undefined;
    case 'paused':
      return paused;
  }
}

function isFound(search: string, { id, businessKey, subject }: Looked): boolean {
  return (
    id.startsWith(search) ||
    id.endsWith(search) ||
    (businessKey?.toLowerCase().startsWith(search) ?? false) ||
    (subject?.toLowerCase().startsWith(search) ?? false)
  );
}
