'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/lib/trpc.ts';
import { Failure } from '@/ui/states.tsx';
import type { ActionName } from './action-words.ts';
import type { Settlement } from './settlement.ts';

interface PreviewProps {
  readonly sagaId: string;
  readonly action: ActionName;
  readonly as?: Settlement['as'];
}

/** What an act will send, computed by what would send it. */
export function Preview(asked: PreviewProps) {
  const trpc = useTRPC();
  const preview = useQuery(trpc.sagas.preview.queryOptions(asked));
  return (
    <>
      <h3>Will send</h3>
      {preview.isPending && <div className="cmd mute">reading…</div>}
      {preview.error && <Failure error={preview.error} retry={() => void preview.refetch()} />}
      {preview.data?.commands.map(({ operation, direction, step, attempt }) => (
        <div key={`${step}/${direction}/${operation}`} className="cmd">
          <code className="op">{operation}</code>{' '}
          <span className="mute">attempt {attempt}, same key</span>
        </div>
      ))}
      {preview.data && preview.data.commands.length === 0 && (
        <div className="cmd mute">nothing at once</div>
      )}
      {preview.data && <p className="guard">{preview.data.note}</p>}
    </>
  );
}
