import type { Fault } from '@counterstep/db/faults';
import type { LogEvent, SagaCounts, SagaSummary } from '@counterstep/db/read';

/** What one tab's stream carries. */
export type Frame =
  /** New events of the watched saga, gapless from `afterSeq` on. */
  | { readonly type: 'events'; readonly sagaId: string; readonly events: readonly LogEvent[] }
  /** The watched log has been written anew: what was sent of it is of another one; all of it follows. */
  | { readonly type: 'rewritten'; readonly sagaId: string }
  /** Latest states, coalesced. */
  | { readonly type: 'sagas'; readonly items: readonly SagaSummary[] }
  | { readonly type: 'counts'; readonly counts: SagaCounts }
  | { readonly type: 'faults'; readonly rules: readonly Fault[] }
  /** Proof of life: delay from commit to this process, and the server's time. */
  | { readonly type: 'tick'; readonly lagMs: number; readonly at: string }
  /** Too far behind to catch up frame by frame: read anew. */
  | { readonly type: 'reset' };
