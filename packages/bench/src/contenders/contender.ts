/** Something that can place orders, over the same services on the same server. */
export interface Contender {
  readonly name: string;
  /** The process that does the work, where it is not the stack's worker or the benchmark itself. */
  readonly pid?: number | undefined;
  /** How often a run places its orders; absent: once. */
  readonly passes?: number;
  /**
   * Places so many orders and waits until each has ended and is right.
   *
   * @returns sagas per second, acceptance included
   */
  run(count: number): Promise<number>;
  /**
   * Looks whether the books agree. Absent: `run` has looked.
   *
   * @throws when they do not
   */
  check?(): Promise<void>;
  /** Places orders one after another: ms from acceptance to the end of each. Absent: that says nothing. */
  idle?(count: number): Promise<readonly number[]>;
}
