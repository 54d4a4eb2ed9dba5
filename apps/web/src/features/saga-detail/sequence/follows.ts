import { millisBetween } from '@/lib/time/format.ts';
import type { Flow, Saga } from '@/lib/trpc.ts';
import type { Attempt } from '../attempts.ts';

/** What had to be heard of after an event, and what has become of that. */
export interface Follow {
  readonly key: string;
  /** The event that set it off. */
  readonly after: string;
  /** Any of these answers it. */
  readonly expected: readonly string[];
  /** Of each attempt, in milliseconds. */
  readonly withinMs: number;
  readonly attempts: number;
  /** From the first attempt to the answer; absent while there is none. */
  readonly tookMs?: number;
  /** Answered, but nothing was heard meanwhile for longer than that. */
  readonly wasLate?: true;
  /** When it is late; of one that is under way. */
  readonly dueAt?: string;
}

/** Every reaction that a saga without a coordinator has set off, in the order of their causes. Pure. */
export function followsOf(
  { steps, edges, events }: Flow,
  { steps: shapes }: Pick<Saga, 'steps'>,
  attempts: readonly Attempt[],
): readonly Follow[] {
  return attempts.flatMap((first): Follow[] => {
    const { cause, step, way } = first;
    const reaction = steps.find((each) => each.step === step && each.direction === way);
    if (!cause || !reaction || !shapes.some(({ name }) => name === step)) return [];
    const its = attempts.filter((each) => each.step === step && each.way === way);
    const last = its.at(-1);
    if (its[0] !== first || !last) return [];
    const { withinMs } = reaction;
    const answers = new Set(
      edges
        .filter((edge) => edge.from === reaction.id && edge.kind !== 'triggers')
        .map((e) => e.to),
    );
    return [
      {
        key: `${way} ${step}`,
        after: cause,
        expected: events.filter(({ id }) => answers.has(id)).map(({ type }) => type),
        withinMs,
        attempts: its.length,
        ...toldOf(first, last, withinMs),
        ...(wasLate(its, withinMs) && { wasLate: true }),
      },
    ];
  });
}

function toldOf(first: Attempt, { startedAt, endedAt, retryAt }: Attempt, withinMs: number) {
  if (endedAt && !retryAt) return { tookMs: millisBetween(first.startedAt, endedAt) };
  const since = retryAt ?? startedAt;
  return { dueAt: new Date(Date.parse(since) + withinMs).toISOString() };
}

/** In an attempt, or after one until the next, a back-off not counted: a stuck one waits for a person. */
function wasLate(attempts: readonly Attempt[], withinMs: number): boolean {
  return attempts.some(({ startedAt, endedAt, retryAt }, index) => {
    if (!endedAt) return false;
    const next = attempts[index + 1]?.startedAt;
    const pauseMs = next ? millisBetween(retryAt ?? endedAt, next) : 0;
    return Math.max(millisBetween(startedAt, endedAt), pauseMs) > withinMs;
  });
}

/** PaymentProcessed, PaymentFailed: …Processed, Failed, where all begin with the same word. */
export function shortNames(types: readonly string[]): readonly string[] {
  const [first = ''] = types;
  const word = /^[A-Z][a-z]+/.exec(first)?.[0];
  const isShared = types.length > 1 && word && types.every((type) => type.startsWith(word));
  if (!isShared) return types;
  return types.map((type, index) => `${index === 0 ? '…' : ''}${type.slice(word.length)}`);
}
