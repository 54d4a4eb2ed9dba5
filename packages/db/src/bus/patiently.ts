export interface Patience<T> {
  /** How long an answer is waited for. */
  readonly ms: number;
  /** The answer for as long as there is none. */
  readonly meanwhile: T;
  /** Called when one has come that was no longer waited for; it is the next answer. */
  readonly onLate: () => void;
}

/**
 * Asks for something that may stay silent, a frozen server for instance: whoever was silent for too long
 * is not waited for again, nor asked again, until the answer has come. For one caller at a time.
 */
export function patiently<T>(
  ask: () => Promise<T>,
  { ms, meanwhile, onLate }: Patience<T>,
): () => Promise<T> {
  let answer: Promise<T> | undefined;
  let isSilent = false;

  return async () => {
    if (isSilent) return meanwhile;
    const asked = (answer ??= ask());
    const settled = asked.then(nothing, nothing);
    if (await comesWithin(ms, settled)) {
      answer = undefined;
      return asked;
    }
    isSilent = true;
    void settled.then(() => {
      isSilent = false;
      onLate();
    });
    return meanwhile;
  };
}

const nothing = (): void => undefined;

async function comesWithin(ms: number, what: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, ms, false);
  });
  const inTime = await Promise.race([what.then(() => true), late]);
  clearTimeout(timer);
  return inTime;
}
