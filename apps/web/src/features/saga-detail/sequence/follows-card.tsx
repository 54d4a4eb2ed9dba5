import { useQuery } from '@tanstack/react-query';
import { duration } from '@/lib/time/format.ts';
import { useNow } from '@/lib/time/now.ts';
import { type Saga, useTRPC } from '@/lib/trpc.ts';
import { Card } from '@/ui/card.tsx';
import { Icon } from '@/ui/icon.tsx';
import { Empty, Failure, Skeleton } from '@/ui/states.tsx';
import type { Attempt } from '../attempts.ts';
import { type Follow, followsOf, shortNames } from './follows.ts';

interface FollowsCardProps {
  readonly saga: Saga;
  readonly attempts: readonly Attempt[];
}

/** Without a coordinator nobody waits for an answer; so each event says what must follow, and by when. */
export function FollowsCard({ saga, attempts }: FollowsCardProps) {
  const trpc = useTRPC();
  const { definition, version } = saga;
  const flow = useQuery(
    trpc.flows.get.queryOptions({ definition, version }, { staleTime: Infinity, retry: false }),
  );
  const follows = flow.data ? followsOf(flow.data, saga, attempts) : [];
  const now = useNow(
    follows.some(({ dueAt }) => dueAt),
    1_000,
  );
  const late = follows.filter((follow) => isLate(follow, now)).length;
  const open = follows.filter(({ dueAt }) => dueAt).length;
  return (
    <Card
      title="What had to follow, and by when"
      note={flow.data && noteOf(follows.length, late, open)}
      className="fol-card"
    >
      {flow.error && <Failure error={flow.error} />}
      {flow.isPending && <Skeleton rows={5} height={28} />}
      {flow.data && follows.length === 0 && <Empty>Nothing has been set off yet.</Empty>}
      {follows.length > 0 && (
        <table className="dense fol">
          <thead>
            <tr>
              <th scope="col">After</th>
              <th scope="col">Expected</th>
              <th scope="col" className="n">
                Took, of
              </th>
            </tr>
          </thead>
          <tbody>
            {follows.map((follow) => (
              <Row key={follow.key} follow={follow} now={now} />
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}

function Row({ follow, now }: { follow: Follow; now: number }) {
  const { after, expected, withinMs, tookMs, attempts } = follow;
  const late = isLate(follow, now);
  return (
    <tr {...(late && { 'data-late': true })}>
      <td>{after}</td>
      <td className="exp">
        <span aria-hidden="true">{shortNames(expected).join(', ')}</span>
        <span className="vh">{expected.join(' or ')}</span>
      </td>
      <td className="n">
        <span className={late ? 'c-stuck' : tookMs === undefined ? 'mute' : 'c-forward'}>
          <Icon
            name={late ? 'stuck' : tookMs === undefined ? 'clock' : 'check'}
            label={late ? 'late' : tookMs === undefined ? 'still to come' : 'in time'}
          />
        </span>{' '}
        {tookMs === undefined ? (late ? 'late' : 'waits') : duration(tookMs)}
        <span className="mute">
          , {Number((withinMs / 1_000).toFixed(1))} s{attempts > 1 && `, attempt ${attempts}`}
        </span>
      </td>
    </tr>
  );
}

function isLate({ wasLate, dueAt }: Follow, now: number): boolean {
  return wasLate === true || (dueAt !== undefined && Date.parse(dueAt) < now);
}

function noteOf(all: number, late: number, open: number): string {
  if (all === 0) return '';
  if (late > 0) return `${late} late`;
  return open > 0 ? `${open} still to come` : 'all in time';
}
