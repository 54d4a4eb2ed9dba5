export { type RetentionPolicy, retentionFrom } from './policy.ts';
export { createRetention, retireBatch } from './retention.ts';
