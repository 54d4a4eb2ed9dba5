import type { Saga } from '@/lib/trpc.ts';
import { Icon } from '@/ui/icon.tsx';

/** Why nobody works on a saga that is due: nothing on the page moves until that is mended. */
export function WaitingBanner({ saga }: { saga: Saga }) {
  return (
    <div role="status">
      {saga.waitingBecause && (
        <p className="bnr">
          <Icon name="cpu" />
          <span>
            <b>Nobody works on it.</b> {saga.waitingBecause}
          </span>
        </p>
      )}
    </div>
  );
}
