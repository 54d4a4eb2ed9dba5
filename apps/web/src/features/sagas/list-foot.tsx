import { count, plural } from '@/lib/format.ts';
import { Keys } from '@/ui/keys.tsx';

interface FootProps {
  /** Of the rows on the screen, from 0. */
  readonly from: number;
  readonly to: number;
  readonly loaded: number;
  readonly total: number | undefined;
  readonly hasMore: boolean;
  readonly order: string;
}

export function ListFoot({ from, to, loaded, total, hasMore, order }: FootProps) {
  const all = hasMore ? total : loaded;
  const isWhole = !hasMore && from === 0 && to >= loaded - 1;
  return (
    <div className="ft">
      <span>
        {isWhole
          ? `${plural(loaded, 'saga')}, ${order}`
          : `Rows ${count(from + 1)} to ${count(to + 1)}${all === undefined ? '' : ` of ${count(all)}`}, ${order}`}
      </span>
      <span className="k" aria-hidden="true">
        <span>
          <Keys of="rowDown" />
          <Keys of="rowUp" />
          move
        </span>
        <span>
          <Keys of="choose" />
          choose
        </span>
        <span>
          <Keys of="open" />
          open
        </span>
        <span>
          <Keys of="retry" />
          retry
        </span>
      </span>
    </div>
  );
}
