import { type Clock, systemTime } from '@counterstep/saga-core/engine';

/** The database's clock, kept by this process: the offset is measured at every heartbeat. */
export class DatabaseClock implements Clock {
  readonly after = systemTime.after;
  readonly defer = systemTime.defer;
  #offsetMs = 0;
  /** Under load it is asked several times a millisecond, and to write a time costs more than to read one. */
  #last = { ms: Number.NaN, text: '' };

  now(): string {
    const ms = Math.trunc(Date.now() + this.#offsetMs);
    if (ms !== this.#last.ms) this.#last = { ms, text: new Date(ms).toISOString() };
    return this.#last.text;
  }

  /** @param sentMs local time when the question was sent @param databaseMs what the database answered */
  adjust(sentMs: number, databaseMs: number): void {
    const localMs = (sentMs + Date.now()) / 2;
    this.#offsetMs = databaseMs - localMs;
  }
}
