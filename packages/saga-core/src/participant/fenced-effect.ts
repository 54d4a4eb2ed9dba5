import type { Direction } from './command.ts';
import type { Json } from './json.ts';

/** One effect of a saga as its participant has stored it; nothing of a lower epoch can add to it. */
export interface FencedEffect {
  readonly step: string;
  readonly direction: Direction;
  readonly generation: number;
  readonly outcome: 'applied' | 'rejected' | 'null-compensated' | 'closed';
  /** The output of what was applied, the failure of what was rejected, else null. */
  readonly result: Json;
}
