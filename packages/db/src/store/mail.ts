import type { Letter } from '@counterstep/saga-core/engine';
import type { Json } from '@counterstep/saga-core/participant';
import type { Queryable } from '../tx/index.ts';

interface LetterRow {
  readonly position: number;
  readonly kind: Letter['kind'];
  readonly signal: string | null;
  readonly payload: Json;
  readonly reason: string;
  readonly actor: string;
  readonly at: Date;
}

/** Letters of one saga after a position, in order. `at` is the time at which each was posted. */
export async function readLetters(db: Queryable, sagaId: string, after: number): Promise<Letter[]> {
  const rows = await db.query<LetterRow>(
    `select position, kind, signal, payload, reason, actor, at from saga.mailbox
      where saga_id = $1 and position > $2 order by position`,
    [sagaId, after],
  );
  return rows.map(letterOf);
}

function letterOf({ kind, signal, payload, at, ...row }: LetterRow): Letter {
  const letter = { ...row, at: at.toISOString() };
  // A check in the table: a signal has its name.
  return kind === 'signal'
    ? { ...letter, kind, signal: signal ?? '', payload }
    : { ...letter, kind };
}
