import Link from 'next/link';

export function MalformedId({ text }: { text: string }) {
  return (
    <>
      <h1>Compare</h1>
      <section className="card" aria-label="Not a saga id">
        <div className="err" role="alert">
          <code>BAD_REQUEST</code>
          <p>
            “{text}” is not a saga id. An id is a uuid: 32 hexadecimal digits in five groups. A
            saga’s page has it whole.
          </p>
          <Link className="lk" href="/compare">
            Choose two sagas
          </Link>
        </div>
      </section>
    </>
  );
}
