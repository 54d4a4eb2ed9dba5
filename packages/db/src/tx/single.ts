import postgres from 'postgres';

/**
 * One connection for a few statements: set-up, migrations, questions about the server. It does not
 * look up array types: postgres.js sends that query by itself, and when the connection ends before
 * the answer nobody is there to take the error, which then ends the process.
 */
export function openSingle(url: string, options: { connectTimeoutS?: number } = {}) {
  return postgres(url, {
    max: 1,
    fetch_types: false,
    connect_timeout: options.connectTimeoutS ?? 30,
    onnotice: () => undefined,
  });
}
