import { setTimeout as delay } from 'node:timers/promises';
import { isInfrastructure } from './errors.ts';

const attemptsMax = 5;
const firstDelayMs = 10;

/** Repeats work that failed for a reason of the moment, up to five times in all, with full jitter. */
export async function retryInfrastructure<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= attemptsMax || !isInfrastructure(error)) throw error;
      await delay(Math.random() * firstDelayMs * 4 ** (attempt - 1));
    }
  }
}
