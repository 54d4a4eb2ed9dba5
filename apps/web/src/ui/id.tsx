import Link from 'next/link';
import { tail } from '@/lib/format.ts';

/** Prefix and last seven characters; the whole id stays in the title. */
export function ShortId({ id, prefix }: { id: string; prefix: string }) {
  return (
    <code className="id" title={id}>
      <span>{prefix}…</span>
      {tail(id)}
    </code>
  );
}

export function SagaLink({ id }: { id: string }) {
  return (
    <Link className="lk" href={`/sagas/${id}`} prefetch={false}>
      <ShortId id={id} prefix="saga_" />
    </Link>
  );
}
