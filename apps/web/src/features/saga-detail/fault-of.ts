import type { Attempt } from './attempts.ts';

/** Answers that only an injected fault gives, and what it did. */
const faults: Readonly<Record<string, string>> = {
  INJECTED_REJECTION: 'says no',
  INJECTED_FAILURE: 'breaks before its commit',
  INJECTED_LOST_REPLY: 'loses its reply after the commit',
  INJECTED_HANG: 'never answers',
};

/** The injected fault that struck an attempt, as far as its answer tells; a delay leaves no trace in it. */
export function faultOf({ error }: Attempt): string | undefined {
  return error && faults[error.code];
}
