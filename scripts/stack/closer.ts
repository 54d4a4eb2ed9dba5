/** What has to be undone, last first. */
export interface Closer {
  /** Undoes `made` when the time comes, even if it is still in the making then. */
  use<T>(made: Promise<T>, undo: (value: T) => Promise<void> | void): Promise<T>;
  add(undo: () => Promise<void> | void): void;
  /** Runs everything once; a step that fails does not keep the others from running. */
  close(): Promise<void>;
}

export function createCloser(report: (error: unknown) => void): Closer {
  const steps: (() => Promise<void> | void)[] = [];
  let closing: Promise<void> | undefined;

  function add(undo: () => Promise<void> | void): void {
    // Too late for the list: whoever still makes things while we close is stopped here.
    if (closing) throw new Error('Stopped while starting.');
    steps.push(undo);
  }

  async function closeAll(): Promise<void> {
    for (let step = steps.pop(); step; step = steps.pop()) {
      try {
        await step();
      } catch (error) {
        report(error);
      }
    }
  }

  return {
    add,
    use: (made, undo) => {
      add(async () => {
        const value = await made.catch(() => undefined);
        if (value !== undefined) await undo(value);
      });
      return made;
    },
    close: () => (closing ??= closeAll()),
  };
}
