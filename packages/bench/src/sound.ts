import { type AuditReport, runAudit } from '@counterstep/services/audit';
import type { Desk } from '@counterstep/services/place-order';

/** How many violations an error shows. */
const shown = 3;

/**
 * A figure counts only if what was done is right.
 *
 * @throws when the books of the services and the sagas disagree, or when there are none
 */
export async function assertSound({ saga, databases }: Desk): Promise<void> {
  const trouble = troubleIn(await runAudit({ saga, databases }));
  if (trouble) throw new Error(trouble);
}

/** What an audit says against a run, in a sentence; undefined when it says nothing. */
export function troubleIn({ invariants }: Pick<AuditReport, 'invariants'>): string | undefined {
  const rows = invariants.reduce((sum, { rowsChecked }) => sum + rowsChecked, 0);
  if (rows === 0) return 'The audit looked at nothing.';
  const violations = invariants.flatMap(({ name, violations: found }) =>
    found.map(({ sagaId, detail }) => `${name}, ${sagaId ?? 'all'}: ${detail}`),
  );
  const unlisted = invariants.reduce((sum, { unlisted: more }) => sum + more, 0);
  if (violations.length + unlisted === 0) return undefined;
  return `The audit found ${violations.length + unlisted} violations. ${violations.slice(0, shown).join(' ')}`;
}
