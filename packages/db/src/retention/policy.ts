/** How long sagas that have ended are kept, and what becomes of them then. */
export interface RetentionPolicy {
  readonly days: number;
  /** `archive`: each goes whole into one row of `saga.archive`, which is nobody's but yours to empty. */
  readonly mode: 'delete' | 'archive';
}

/** More than a century is a mistake in the unit. */
const daysMax = 36_500;

/**
 * Reads `RETENTION_DAYS` (a number above 0, parts of a day allowed; unset: everything is kept for ever)
 * and `RETENTION_MODE` (`delete`, which is the default, or `archive`).
 *
 * @throws TypeError that names the variable and says what it takes
 */
export function retentionFrom(
  env: Readonly<Record<string, string | undefined>>,
): RetentionPolicy | undefined {
  const mode = env['RETENTION_MODE']?.trim() || 'delete';
  if (mode !== 'delete' && mode !== 'archive') {
    throw new TypeError(`RETENTION_MODE takes "delete" or "archive", not "${mode}".`);
  }
  const text = env['RETENTION_DAYS']?.trim();
  if (!text) return undefined;
  const days = Number(text);
  if (!(days > 0 && days <= daysMax)) {
    throw new TypeError(
      `RETENTION_DAYS takes a number of days above 0 and up to ${daysMax}, not "${text}". ` +
        'Leave it unset to keep everything.',
    );
  }
  return { days, mode };
}

const hoursMax = daysMax * 24;

/**
 * Reads `OUTBOX_RETENTION_HOURS`: how long messages stay in their outbox after their saga has ended
 * (a number above 0, default 72). The tracker can rebuild a saga from them for so long.
 *
 * @throws TypeError that names the variable and says what it takes
 */
export function outboxHoursFrom(env: Readonly<Record<string, string | undefined>>): number {
  const text = env['OUTBOX_RETENTION_HOURS']?.trim();
  if (!text) return 72;
  const hours = Number(text);
  if (!(hours > 0 && hours <= hoursMax)) {
    throw new TypeError(
      `OUTBOX_RETENTION_HOURS takes a number of hours above 0 and up to ${hoursMax}, not "${text}".`,
    );
  }
  return hours;
}
