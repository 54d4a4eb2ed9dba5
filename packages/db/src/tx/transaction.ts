import { codeOf, CommitUnknownError, inFailedTransaction, isInfrastructure } from './errors.ts';
import type { Session } from './session.ts';
import type { Param, Tx } from './tx.ts';

/**
 * The one place that says BEGIN. Rules:
 * 1. The session belongs to this transaction alone until it ends.
 * 2. BEGIN is not awaited: it travels with the first statements.
 * 3. A session never reconnects, so no statement can slip out of its transaction.
 * 4. COMMIT that answers ROLLBACK is an error: a statement nobody awaited has failed.
 */
export async function runTransaction<T>(session: Session, run: (tx: Tx) => Promise<T>): Promise<T> {
  const opening = session.send('begin');
  opening.catch(() => undefined);
  let cause: unknown;
  const tx: Tx = {
    query<R extends object>(text: string, params?: readonly Param[]) {
      const answer = session.send<R>(text, params);
      answer.catch((error: unknown) => (cause ??= error));
      return answer;
    },
  };

  let result: T;
  try {
    result = await run(tx);
    await opening;
  } catch (error) {
    if (session.alive) await session.send('rollback').catch(() => undefined);
    // Of pipelined statements the later ones fail too; the first one says why.
    throw codeOf(error) === inFailedTransaction ? cause : error;
  }
  await commit(session);
  return result;
}

async function commit(session: Session): Promise<void> {
  const { command } = await session.send('commit').catch((error: unknown) => {
    if (!isInfrastructure(error)) throw error;
    throw new CommitUnknownError('The connection was lost while COMMIT was under way.', {
      cause: error,
    });
  });
  if (command !== 'COMMIT') {
    throw new Error(
      'The transaction was rolled back: a statement in it failed and was not awaited.',
    );
  }
}
