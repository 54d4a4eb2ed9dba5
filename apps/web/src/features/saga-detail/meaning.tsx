import { duration, millisBetween } from '@/lib/time/format.ts';
import type { Attempt } from './attempts.ts';
import { ended } from './words.tsx';

/** What an outcome means for the saga, in a sentence or two. */
export function Meaning({
  attempt,
  timeoutMs,
}: {
  attempt: Attempt;
  timeoutMs: number | undefined;
}) {
  const said = meaning(attempt, timeoutMs);
  if (!said) return null;
  return (
    <p className={`mean ${said.tone}`}>
      <b className={`c-${said.tone}`}>{said.head}</b> {said.body}
    </p>
  );
}

function waitMeaning({ outcome, error }: Attempt) {
  if (outcome === 'failed') {
    const head = error ? `${ended(error.message)}.` : 'It did not come.';
    return { tone: 'stuck', head, body: 'That counts as a no: the saga turns back.' };
  }
  if (outcome === 'given-up') {
    return { tone: 'back', head: 'Given up.', body: 'The saga turned back while it waited.' };
  }
  return undefined;
}

function meaning(attempt: Attempt, timeoutMs: number | undefined) {
  const { outcome, failure, error, isDuplicate, startedAt, endedAt, way } = attempt;
  if (attempt.wait) return waitMeaning(attempt);
  const thing = way === 'action' ? 'effect' : 'undo';
  if (outcome === 'unknown') {
    const after = endedAt ? ` after ${duration(millisBetween(startedAt, endedAt))}` : '';
    const limit = timeoutMs ? ` The limit is ${duration(timeoutMs)}.` : '';
    return {
      tone: 'unknown',
      head: `No reply${after}.`,
      body: `The ${thing} may have happened.${limit} Asked again with the same key, it is never done twice.`,
    };
  }
  if (outcome === 'failed') {
    const message = error ? `${ended(error.message)}.` : 'It failed.';
    const body =
      failure === 'business'
        ? way === 'action'
          ? 'A business no: it is not retried, and its key is closed.'
          : 'A business no to an undo that is owed: it is not retried by itself. A person may have it tried again with the same key.'
        : failure === 'closed'
          ? 'Its key was closed before it could have an effect.'
          : 'Nothing was written; it is worth another try.';
    return { tone: 'stuck', head: message, body };
  }
  if (isDuplicate) {
    return {
      tone: 'forward',
      head: 'It was there already.',
      body: 'An earlier attempt had applied; this one got its stored result and changed nothing.',
    };
  }
  if (outcome === 'null') {
    return {
      tone: 'back',
      head: 'Nothing to undo.',
      body: 'The action had not happened, and now it no longer can.',
    };
  }
  return undefined;
}
