import Link from 'next/link';

export const metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <>
      <h1>Not found</h1>
      <p className="ink2">
        There is no page at this address.{' '}
        <Link className="lk" href="/">
          Go to the overview
        </Link>
      </p>
    </>
  );
}
