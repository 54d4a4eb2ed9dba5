export const metadata = { title: 'Sign in' };

/** Only of use where an operator token is required; the form works without scripts. */
export default async function Page({
  searchParams,
}: {
  searchParams: Promise<{ wrong?: string }>;
}) {
  const { wrong } = await searchParams;
  return (
    <>
      <h1>Sign in</h1>
      <form className="card login" action="/api/login" method="post">
        <label className="lab" htmlFor="token">
          Operator token
        </label>
        <input
          id="token"
          className="input"
          name="token"
          type="password"
          autoComplete="current-password"
          required
        />
        {wrong && (
          <p className="note c-stuck" role="alert">
            That is not the token. It is the value of COUNTERSTEP_OPERATOR_TOKEN on the server.
          </p>
        )}
        <button type="submit" className="btn primary">
          Sign in
        </button>
      </form>
    </>
  );
}
