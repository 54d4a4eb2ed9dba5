import { setImmediate } from 'node:timers/promises';
import { beginSql, counted, countError } from './counted.ts';
import {
  codeOf,
  CommitUnknownError,
  ConnectionLostError,
  idledTooLong,
  inFailedTransaction,
  isAnswer,
  isInfrastructure,
  RowCountError,
} from './errors.ts';
import type { Session } from './session.ts';
import type { Param, Statement, Tx } from './tx.ts';

/**
 * The one place that says BEGIN. Rules:
 * 1. The session belongs to this transaction alone until it ends.
 * 2. BEGIN is not awaited: it travels with the first statements.
 * 3. A session never reconnects, so no statement can slip out of its transaction that way; one that the
 *    driver sends again after COMMIT is refused by the server (`counted.ts`).
 * 4. A commit is unknown only if it may have happened. It has not where the connection was gone before
 *    it was sent, nor where a statement before it has failed, nor where the server says that it found
 *    the transaction idle for too long: it looks before it takes the next statement, so it has not taken
 *    this one.
 * 5. COMMIT that answers ROLLBACK is an error: a statement nobody awaited has failed.
 * 6. The last statements and COMMIT are sent together; nothing is sent after COMMIT.
 */
export async function runTransaction<T>(session: Session, run: (tx: Tx) => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const opening = session.sendPlain(beginSql);
  opening.catch(() => undefined);
  let cause: unknown;
  const last: Statement[] = [];
  const tx: Tx = {
    query<R extends object>(text: string, params?: readonly Param[]) {
      const answer = session.send<R>(text, params);
      answer.catch((error: unknown) => (cause ??= error));
      return answer;
    },
    last: (statement) => void last.push(statement),
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
  if (performance.now() - startedAt > longMs) await hearWhatHasArrived();
  await commit(session, last);
  return result;
}

/** Far below the limits of sessions on idle transactions. */
const longMs = 250;

/**
 * A process that was busy for long has not heard yet that the server ended its transaction. Once COMMIT
 * is written nobody can tell whether the server has read it; so everything that waits to be read is.
 */
async function hearWhatHasArrived(): Promise<void> {
  // The first turn ends the current round of the event loop; each later one reads once from the socket:
  // the rest of an answer, the server's reason, the end.
  for (let turn = 0; turn < 4; turn += 1) await setImmediate();
}

async function commit(session: Session, last: readonly Statement[]): Promise<void> {
  if (session.isLeft) {
    throw new ConnectionLostError('The connection was lost before COMMIT; nothing was written.');
  }
  const failures = await sendAll(session, last);
  const ended = ending(session);
  ended.catch(() => undefined);
  const failed = (await Promise.all(failures)).filter((error) => error !== undefined);
  // What the server has refused is rolled back; of what was cut off, COMMIT says more.
  const refused = failed.find((error) => isAnswer(error) || error instanceof RowCountError);
  if (refused) {
    await ended.catch(() => undefined);
    throw refused;
  }
  const { command } = await ended;
  const [cause] = failed;
  if (command === 'COMMIT' && cause === undefined) return;
  if (command === 'COMMIT') {
    throw new CommitUnknownError('Committed, though a statement of it was not sent.', { cause });
  }
  throw new Error(
    'The transaction was rolled back: a statement in it failed and was not awaited.',
    { cause },
  );
}

/** Sends the last statements, or none that counts: what cannot be sent must not be followed by COMMIT. */
async function sendAll(
  session: Session,
  last: readonly Statement[],
): Promise<readonly Promise<Error | undefined>[]> {
  const sent: Promise<Error | undefined>[] = [];
  try {
    for (const statement of last) {
      sent.push(failureIn(session.send(...counted(statement)), statement));
    }
  } catch (error) {
    await session.send('rollback').catch(() => undefined);
    throw error;
  }
  return sent;
}

/** Why a last statement has failed; that one before it had is no reason. */
async function failureIn(
  answer: Promise<unknown>,
  statement: Statement,
): Promise<Error | undefined> {
  try {
    await answer;
    return undefined;
  } catch (error) {
    return codeOf(error) === inFailedTransaction ? undefined : countError(error, statement);
  }
}

async function ending(session: Session): Promise<{ readonly command: string }> {
  try {
    return await session.send('commit');
  } catch (error) {
    const isRefused = isAnswer(error) && !isInfrastructure(error);
    if (isRefused || codeOf(error) === idledTooLong) throw error;
    throw new CommitUnknownError('The connection was lost while COMMIT was under way.', {
      cause: error,
    });
  }
}
