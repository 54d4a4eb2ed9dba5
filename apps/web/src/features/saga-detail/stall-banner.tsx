import type { Saga } from '@/lib/trpc.ts';
import { Icon } from '@/ui/icon.tsx';
import { Moment } from '@/ui/moment.tsx';
import { verdictWords } from './stall-words.ts';

/** The alarm of a choreographed saga: what should have come, from whom, and where it has got to. */
export function StallBanner({ saga }: { saga: Saga }) {
  const { stall } = saga;
  return (
    <div role="status">
      {stall && (
        <p className="bnr stalled">
          <Icon name="clock" />
          <span>
            <b>Stalled.</b> After <code>{stall.cause.type}</code>, <b>{stall.consumer}</b> should
            have answered with{' '}
            {stall.expected.map((type, index) => (
              <span key={type}>
                {index > 0 && ' or '}
                <code>{type}</code>
              </span>
            ))}{' '}
            by <Moment at={stall.dueAt} />: {verdictWords[stall.verdict] ?? stall.verdict}. You may
            wait, or hand the saga to the orchestrator.
          </span>
        </p>
      )}
    </div>
  );
}
