import type { Way } from '../attempts.ts';
import type { Look } from '@/ui/status.ts';

/**
 * What is drawn in one row.
 * message: an arrow. reply: a dashed arrow back. lost: a reply that did not arrive. duplicate: a
 * message that changed nothing, stopped at the inbox. effect: a committed block. refused: a "no" or a
 * failure, with no effect. mark: something that happened to one of them alone.
 */
export type RowKind = 'message' | 'reply' | 'lost' | 'duplicate' | 'effect' | 'refused' | 'mark';

export interface SequenceRow {
  readonly kind: RowKind;
  /** The event of the log that says so; an effect may have been there before the log knew. */
  readonly seq: number;
  readonly at: string;
  readonly from: string;
  /** Absent where nothing travels. */
  readonly to?: string;
  readonly label: string;
  readonly note: string;
  readonly look: Look;
  /** The direction of the step: the ground is set by `isAfterTurn`. */
  readonly way: Way;
  readonly step?: string;
  readonly attempt?: number;
  readonly isAfterTurn: boolean;
}
