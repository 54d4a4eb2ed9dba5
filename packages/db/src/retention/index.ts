export { outboxHoursFrom, type RetentionPolicy, retentionFrom } from './policy.ts';
export { createRetention, retireBatch } from './retention.ts';
export { trimOutbox } from './trim-outbox.ts';
