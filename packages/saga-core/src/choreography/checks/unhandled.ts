import { failuresOf } from '../failures.ts';
import { type Check, listOf } from './check.ts';

export const unhandled: Check = (flow) => {
  const failures = failuresOf(flow);
  // Where a way back that owes nothing more may end, others may end too; what those miss is theirs.
  const sound = new Set(
    failures.filter(({ missing }) => missing.length === 0).flatMap(({ ends }) => ends),
  );
  const seen = new Set<string>();
  return failures.flatMap(({ type, missing, ends }) =>
    ends.flatMap((end) => {
      if (missing.length === 0 || sound.has(end) || seen.has(end)) return [];
      seen.add(end);
      const after = end === type ? '' : `, which follows from ${type}`;
      return [
        `${end} is unhandled: nobody reacts to it${after}, but the effect of ${listOf(missing)} is ` +
          `still to be undone. Let the counter-step of "${missing.at(-1)}" react to it.`,
      ];
    }),
  );
};
