import { type Books, readFacts } from './read.ts';
import { emptyTally, suspect, type Tally } from './tally.ts';
import type { SagaInvariant, Violation } from './types.ts';
import { walkStretches } from './walk.ts';

/** Stretches under way at once: while one is judged here, the database reads the other. */
const stretchesAtOnce = 2;

/** Sagas looked at again at once. */
const againAtOnce = 500;

/** The first look: every saga that any table knows of, against every invariant. */
export async function judgeAll(
  books: Books,
  invariants: readonly SagaInvariant[],
): Promise<Map<SagaInvariant, Tally>> {
  const tallies = new Map(invariants.map((invariant) => [invariant, emptyTally()]));
  const walk = walkStretches(books);
  const judge = async () => {
    for await (const stretch of walk) {
      for (const facts of await readFacts(books, stretch)) {
        for (const [{ check }, tally] of tallies) {
          const { rows, broken, inFlight } = check(facts);
          tally.rows += rows;
          if (inFlight) tally.inFlight += 1;
          for (const detail of broken) suspect(tally, { sagaId: facts.sagaId, detail });
        }
      }
    }
  };
  await Promise.all(Array.from({ length: stretchesAtOnce }, judge));
  return tallies;
}

/** The second look: each saga under suspicion is read once, whatever it is suspected of. */
export async function judgeAgain(
  books: Books,
  tallies: ReadonlyMap<SagaInvariant, Tally>,
): Promise<Map<SagaInvariant, Violation[]>> {
  const found = new Map([...tallies.keys()].map((invariant) => [invariant, [] as Violation[]]));
  const suspects = [...tallies.values()].flatMap(({ suspicions }) =>
    suspicions.flatMap(({ sagaId }) => sagaId ?? []),
  );
  const ids = [...new Set(suspects)];
  for (let from = 0; from < ids.length; from += againAtOnce) {
    for (const facts of await readFacts(books, ids.slice(from, from + againAtOnce))) {
      for (const [{ check }, violations] of found) {
        const { sagaId } = facts;
        violations.push(...check(facts).broken.map((detail) => ({ sagaId, detail })));
      }
    }
  }
  return found;
}
