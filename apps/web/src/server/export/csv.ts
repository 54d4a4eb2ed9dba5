import type { SagaSummary } from '@counterstep/db/read';

type Cell = string | number | boolean | null | undefined;

/** Each column by its name and what of a saga stands in it. */
const columns: readonly (readonly [string, (saga: SagaSummary) => Cell])[] = [
  ['id', ({ id }) => id],
  ['definition', ({ definition }) => definition],
  ['version', ({ version }) => version],
  ['style', ({ style }) => style],
  ['status', ({ status }) => status],
  ['direction', ({ direction }) => direction],
  ['paused', ({ paused }) => paused],
  ['stalled', ({ stalled }) => stalled],
  ['outcome_unknown', ({ inDoubt }) => inDoubt],
  ['about', ({ subject }) => subject],
  ['business_key', ({ businessKey }) => businessKey],
  ['step', ({ current }) => current?.step],
  ['attempt', ({ current }) => current?.attempt],
  ['retry_at', ({ current }) => current?.retryAt],
  ['error_code', ({ current }) => current?.error?.code],
  ['error_message', ({ current }) => current?.error?.message],
  ['created_at', ({ createdAt }) => createdAt],
  ['updated_at', ({ updatedAt }) => updatedAt],
  ['finished_at', ({ finishedAt }) => finishedAt],
];

export const csvHead = `${columns.map(([name]) => name).join(',')}\r\n`;

export const csvLine = (saga: SagaSummary): string =>
  `${columns.map(([, read]) => cell(read(saga))).join(',')}\r\n`;

/**
 * As RFC 4180 has it. A text that a spreadsheet would run as a formula gets an apostrophe in front:
 * names come from whoever places an order.
 */
function cell(value: Cell): string {
  if (typeof value !== 'string') return value === undefined || value === null ? '' : String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
