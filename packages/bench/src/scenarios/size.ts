/** How much a run does. */
export interface Size {
  /** Orders of each launch. */
  readonly count: number;
  /** Rounds, interleaved: A B A B … */
  readonly rounds: number;
  /** Rounds before these, not counted: plans and caches settle. */
  readonly warmUps: number;
  /** Finished sagas in the tables. */
  readonly finished: number;
  /** Sagas that wait for a signal. */
  readonly waiting: number;
  /** Real sagas that those two are copied from. */
  readonly originals: number;
  /** Sagas of the fast type beside a slow service. */
  readonly fastSagas: number;
  readonly slowSagas: number;
  readonly restSeconds: number;
  readonly loadMinutes: number;
}

export const full: Size = {
  count: 2_000,
  rounds: 5,
  warmUps: 1,
  finished: 1_000_000,
  waiting: 100_000,
  originals: 1_000,
  fastSagas: 200,
  slowSagas: 1_000,
  restSeconds: 60,
  loadMinutes: 10,
};

/** Shows that every scenario works and that its books are right; its figures say little. */
export const quick: Size = {
  count: 40,
  rounds: 1,
  warmUps: 0,
  finished: 2_000,
  waiting: 1_000,
  originals: 50,
  fastSagas: 10,
  slowSagas: 40,
  restSeconds: 1,
  loadMinutes: 2 / 60,
};
