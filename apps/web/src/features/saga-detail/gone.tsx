import Link from 'next/link';
import type { Saga } from '@/lib/trpc.ts';
import { Icon } from '@/ui/icon.tsx';
import { Failure } from '@/ui/states.tsx';

interface Failed {
  readonly message: string;
  readonly data?: unknown;
}

/** Its row is not there: a wrong id, or one that was retired or deleted. */
export function isGone(error: Failed | null): boolean {
  if (typeof error?.data !== 'object' || error.data === null) return false;
  return 'code' in error.data && error.data.code === 'NOT_FOUND';
}

export function isBadId({ data }: Failed): boolean {
  return typeof data === 'object' && data !== null && 'code' in data && data.code === 'BAD_REQUEST';
}

/** The page was opened for an id that no saga has. */
export function NoSaga({ error, retry }: { error: Failed; retry: () => void }) {
  if (!isGone(error) && !isBadId(error)) {
    return (
      <>
        <h1 className="vh">Saga</h1>
        <Failure error={error} retry={retry} />
      </>
    );
  }
  return (
    <section className="card no-such">
      <h1>No saga under this address</h1>
      <p>{isGone(error) ? error.message : 'An id of a saga is a uuid; this is none.'}</p>
      <div className="go">
        <Link className="btn primary" href="/sagas?tab=all">
          All sagas
        </Link>
        <Link className="btn" href="/orders/new">
          Place an order
        </Link>
      </div>
    </section>
  );
}

/** It was retired or deleted while somebody looked at it: what is on the page is all that is left here. */
export function GoneBanner({ saga, error }: { saga: Saga; error: Failed }) {
  return (
    <div className="gone" role="alert">
      <Icon name="nothing" />
      <p>
        <b>This saga is no longer stored.</b> {error.message} What you see is its last state, #
        {saga.seq}, as this page has kept it; Export JSON saves it. Nothing can be done to it any
        more.
      </p>
      <Link className="btn sm" href="/sagas?tab=all">
        All sagas
      </Link>
    </div>
  );
}
