/** The long form, of `pnpm test:campaign`: every variant. Otherwise those that differ most from each other. */
export const isLong = process.env['CAMPAIGN'] === '1';
