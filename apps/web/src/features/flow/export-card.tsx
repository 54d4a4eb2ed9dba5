'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { saveText } from '@/lib/save-file.ts';
import { type Flow, useTRPC } from '@/lib/trpc.ts';
import { Card } from '@/ui/card.tsx';
import { Icon } from '@/ui/icon.tsx';
import { Failure, Skeleton } from '@/ui/states.tsx';

type Form = 'mermaid' | 'json';

const shownMs = 1_500;

/** The same graph as text: Mermaid for a page, JSON for a program. */
export function ExportCard({ flow }: { flow: Flow }) {
  const trpc = useTRPC();
  const [form, setForm] = useState<Form>('mermaid');
  const { definition, version } = flow;
  const mermaid = useQuery(
    trpc.flows.mermaid.queryOptions({ definition, version }, { staleTime: Infinity }),
  );
  const text = form === 'json' ? JSON.stringify(flow, null, 2) : mermaid.data?.text;
  const file = `${definition}.v${version}.${form === 'json' ? 'json' : 'mmd'}`;
  return (
    <Card
      title="Export"
      className="fexport"
      aside={
        <div className="seg sm" role="group" aria-label="Format">
          {(['mermaid', 'json'] as const).map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={form === each}
              onClick={() => setForm(each)}
            >
              {each === 'json' ? 'JSON' : 'Mermaid'}
            </button>
          ))}
        </div>
      }
    >
      {mermaid.error && form === 'mermaid' && (
        <Failure error={mermaid.error} retry={() => void mermaid.refetch()} />
      )}
      {text === undefined && !mermaid.error && <Skeleton rows={6} height={20} />}
      {text !== undefined && (
        <>
          <pre tabIndex={0} role="group" aria-label={`${file}, as text`}>
            {text}
          </pre>
          <div className="factions">
            <CopyButton text={text} />
            <button type="button" className="btn" onClick={() => saveText(file, text)}>
              <Icon name="download" />
              Download {file}
            </button>
          </div>
        </>
      )}
    </Card>
  );
}

function CopyButton({ text }: { text: string }) {
  const [isDone, setDone] = useState(false);

  async function copy() {
    await navigator.clipboard.writeText(text);
    setDone(true);
    setTimeout(() => setDone(false), shownMs);
  }

  return (
    <button type="button" className="btn" onClick={() => void copy()}>
      <Icon name={isDone ? 'check' : 'copy'} />
      {isDone ? 'Copied' : 'Copy'}
    </button>
  );
}
