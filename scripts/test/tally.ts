/** What a step of the test run came to. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** What failed, one sentence each, as far as it has a name. */
  readonly failures: readonly string[];
}

export const onePassed: Tally = { passed: 1, failed: 0, failures: [] };

export function oneFailed(name: string): Tally {
  return { passed: 0, failed: 1, failures: [name] };
}

export function sum(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((total, { passed }) => total + passed, 0),
    failed: tallies.reduce((total, { failed }) => total + failed, 0),
    failures: tallies.flatMap(({ failures }) => failures),
  };
}

/** A runner that fails without a failed test (a broken setup, a crash) failed all the same. */
export function withExit(name: string, tally: Tally, ok: boolean): Tally {
  if (ok || tally.failed > 0) return tally;
  return { ...tally, failed: 1, failures: [`${name}: ended with an error beside its tests`] };
}
