import { hasSaga } from '@counterstep/db/read';
import { headers } from 'next/headers';
import { cache } from 'react';
import { backend } from '@/server/backend.ts';
import { isAuthorised } from '@/server/guard/token.ts';
import { sagaId } from '@/server/schemas.ts';

/** A page does not wait for longer to learn its status. */
const waitedMsMax = 200;

/**
 * Whether a page is certainly about no saga, for its HTTP status. Whoever may not ask the API is not
 * told here either; what the database does not say in time is left to the page. Asked once a request.
 */
export const isAbsent = cache(async (id: string): Promise<boolean> => {
  const parsed = sagaId.safeParse(id);
  if (!parsed.success) return true;
  if (!isAuthorised(await headers())) return false;
  let timer: NodeJS.Timeout | undefined;
  const waited = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, waitedMsMax, true);
  });
  const known = hasSaga(backend().pool, parsed.data).catch(() => true);
  const isThere = await Promise.race([known, waited]);
  clearTimeout(timer);
  return !isThere;
});
