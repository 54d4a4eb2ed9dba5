import type { Site } from '../site.ts';
import type { Stack } from '../stack.ts';
import type { Size } from './size.ts';

/** One thing that is measured under one condition, beside the happy path of the same rounds. */
export interface Scenario {
  readonly name: string;
  /** What is done, in a sentence. */
  readonly does: string;
  /** Why it cannot run on this machine; undefined when it can. */
  missing?(): string | undefined;
  run(bench: Bench): Promise<readonly Figure[]>;
}

export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** After the point; default none. */
  readonly digits?: number;
  /** The same figure of the happy path. */
  readonly happy?: number;
}

/** What a scenario is given. */
export interface Bench {
  readonly stack: Stack;
  readonly size: Size;
  /** A database for this scenario. When it has ended its books are audited, and it is closed. */
  openSite(worker?: string): Promise<Site>;
  /** What has been seen so far. */
  say(text: string): void;
}
