import { type Clock, systemTime } from '@counterstep/saga-core/engine';

/** The database's clock, kept by this process: the offset is measured at every heartbeat. */
export class DatabaseClock implements Clock {
  readonly sleep = systemTime.sleep;
  readonly defer = systemTime.defer;
  #offsetMs = 0;

  now(): string {
    return new Date(Date.now() + this.#offsetMs).toISOString();
  }

  /** @param sentMs local time when the question was sent @param databaseMs what the database answered */
  adjust(sentMs: number, databaseMs: number): void {
    const localMs = (sentMs + Date.now()) / 2;
    this.#offsetMs = databaseMs - localMs;
  }
}
