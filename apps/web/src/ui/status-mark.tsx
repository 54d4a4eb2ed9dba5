import type { SagaRow } from '@/lib/trpc.ts';
import { Icon } from './icon.tsx';
import { type Look, sagaLooks } from './status.ts';

/** Icon and word in the status' colour. */
export function Mark({ look, word = look.word }: { look: Look; word?: string }) {
  return (
    <span className={`st c-${look.tone}`}>
      <Icon name={look.icon} />
      <span>{word}</span>
    </span>
  );
}

export function Badge({ look, word = look.word }: { look: Look; word?: string }) {
  return (
    <span className={`badge b-${look.tone}`}>
      <Icon name={look.icon} />
      <span>{word}</span>
    </span>
  );
}

type Way = Pick<SagaRow, 'status' | 'direction' | 'paused' | 'stalled'>;

/** A saga's status; a stuck one says its way, a paused or stalled one that it is. */
export function SagaMark({ saga }: { saga: Way }) {
  const isBack = saga.direction === 'compensation';
  return (
    <>
      <Mark look={sagaLooks[saga.status]} />
      {saga.status === 'stuck' && (
        <span className="dirn mute">
          <Icon name={isBack ? 'left' : 'right'} />
          {isBack ? 'back' : 'forward'}
        </span>
      )}
      {saga.paused && (
        <span className="dirn mute">
          <Icon name="pause" />
          paused
        </span>
      )}
      {saga.stalled && (
        <span className="dirn c-stuck">
          <Icon name="clock" />
          stalled
        </span>
      )}
    </>
  );
}
