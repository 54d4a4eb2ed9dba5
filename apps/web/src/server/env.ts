const loopback = new Set(['127.0.0.1', 'localhost', '::1', '']);

/** What the process was started with. Read when needed: `next build` runs without any of it. */
export const env = {
  /** Names this process in its health answer, so that a client knows whom it has reached. */
  instance: () => process.env['COUNTERSTEP_INSTANCE'] ?? '',
  operatorToken: () => process.env['COUNTERSTEP_OPERATOR_TOKEN'] ?? '',
  isLoopback: () => loopback.has(process.env['HOST'] ?? ''),
};
