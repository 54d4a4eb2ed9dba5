import type { IconName } from '@/ui/icon.tsx';

export type BulkAction = 'retry' | 'skip' | 'settle' | 'compensate' | 'cancel';

interface BulkWords {
  readonly icon: IconName;
  readonly verb: string;
  /** As in "40 will be retried". */
  readonly past: string;
  readonly note: string;
}

export const bulkWords: Readonly<Record<BulkAction, BulkWords>> = {
  retry: {
    icon: 'retry',
    verb: 'Retry',
    past: 'retried',
    note: 'Sent with the same keys and a fresh budget; an effect that is there already is not repeated.',
  },
  skip: {
    icon: 'skip',
    verb: 'Skip',
    past: 'skipped',
    note: 'The step that each is stuck at is left as it is. They end as resolved, never completed or compensated.',
  },
  settle: {
    icon: 'person',
    verb: 'Settle',
    past: 'settled',
    note: 'Your word on an outcome that nobody knows. A participant’s own answer goes before it.',
  },
  compensate: {
    icon: 'left',
    verb: 'Walk back',
    past: 'walked back',
    note: 'What is in doubt is closed, the rest is undone.',
  },
  cancel: {
    icon: 'ban',
    verb: 'Cancel',
    past: 'cancelled',
    note: 'Each turns back before its point of no return; every effect so far is undone.',
  },
};
