import type { SagaFilter } from '@counterstep/db/read';
import type { SagaStatus } from '@counterstep/saga-core/machine';
import { present } from '../present.ts';
import type { SagaFilterInput } from '../schemas.ts';

/** The contract takes one status or several; below it is always a list. */
export function toReadFilter({ status, ...rest }: SagaFilterInput): SagaFilter {
  const wanted = statuses(status);
  return { ...present(rest), ...(wanted && { status: wanted }) };
}

function statuses(status: SagaFilterInput['status']): readonly SagaStatus[] | undefined {
  return typeof status === 'string' ? [status] : status;
}
