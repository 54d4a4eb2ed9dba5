import type { SagaFilter, SagaSummary } from '@counterstep/db/read';
import type { SagaStatus } from '@counterstep/saga-core/machine';
import { present } from '../present.ts';
import type { SagaFilterInput } from '../schemas.ts';

/** The contract takes one status or several; below it is always a list. */
export function toReadFilter({ status, ...rest }: SagaFilterInput): SagaFilter {
  const wanted = statuses(status);
  return { ...present(rest), ...(wanted && { status: wanted }) };
}

/** The same filter over a summary in hand, for streams. */
export function matches(filter: SagaFilterInput, saga: SagaSummary): boolean {
  const wanted = statuses(filter.status);
  if (wanted && !wanted.includes(saga.status)) return false;
  if (filter.style && filter.style !== saga.style) return false;
  if (filter.stalled !== undefined && filter.stalled !== saga.stalled) return false;
  if (filter.definition && filter.definition !== saga.definition) return false;
  return !filter.search || found(filter.search, saga);
}

function statuses(status: SagaFilterInput['status']): readonly SagaStatus[] | undefined {
  return typeof status === 'string' ? [status] : status;
}

function found(search: string, { id, businessKey, subject }: SagaSummary): boolean {
  return id.endsWith(search) || businessKey === search || subject === search;
}
