import Link from 'next/link';

/** Steps up in ink, steps back down in violet. */
export function Brand({ small = false }: { small?: boolean }) {
  return (
    <Link
      className={small ? 'brand m-only' : 'brand'}
      href="/"
      {...(small && { 'aria-label': 'Counterstep, overview' })}
    >
      <svg className="mark" viewBox="0 0 20 20" aria-hidden="true">
        <path d="M1.5 11.5h4.7V7.2h4.7V3h7.6" className="mk-f" />
        <path d="M18.5 7.8h-3.6v4.4h-4.6V17H1.5" className="mk-b" />
      </svg>
      {!small && <span>Counterstep</span>}
    </Link>
  );
}
