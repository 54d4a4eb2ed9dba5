/** What becomes of a choreographed saga in which something is overdue, beside the alarm. */
export type StallPolicy = 'alarm' | 'take-over';

/**
 * Reads `STALL_POLICY` from an environment.
 *
 * @throws TypeError for a word that is none of the two
 */
export function stallPolicyFrom(env: Readonly<Record<string, string | undefined>>): StallPolicy {
  const policy = env['STALL_POLICY']?.trim() || 'alarm';
  if (policy === 'alarm' || policy === 'take-over') return policy;
  throw new TypeError(`STALL_POLICY takes "alarm" or "take-over", not "${policy}".`);
}
