'use client';

import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { serverNow } from '@/lib/time/now.ts';
import { type Fault, useTRPCClient } from '@/lib/trpc.ts';
import { Card } from '@/ui/card.tsx';
import { Icon } from '@/ui/icon.tsx';
import { draftOf, type FaultDraft, problemOf, ruleOf } from './fault-draft.ts';
import { KindField } from './kind-field.tsx';
import { kindOf, type Operation } from './operations.ts';
import { SentenceFields } from './sentence-fields.tsx';
import { useFaults } from './use-faults.ts';

interface FaultEditorProps {
  readonly operation: Operation;
  readonly existing: Fault | undefined;
  readonly onOperation: (operation: Operation) => void;
}

/** A fault written as a sentence whose words are choices. */
export function FaultEditor({ operation, existing, onOperation }: FaultEditorProps) {
  const client = useTRPCClient();
  const { clear, after } = useFaults();
  const [draft, setDraft] = useState<FaultDraft>(() => draftOf(existing));
  // A rule that a preset or somebody else has set meanwhile is the one that is edited from here on.
  const [edited, setEdited] = useState(existing?.id);
  if (existing && existing.id !== edited) {
    setEdited(existing.id);
    setDraft(draftOf(existing));
  }
  const change = (part: Partial<FaultDraft>) => setDraft({ ...draft, ...part });
  const problem = problemOf(draft);

  const save = useMutation({
    mutationFn: async () => {
      const rule = ruleOf(operation, draft, serverNow());
      await client.faults.set.mutate(rule);
      // The old rule goes once the new one is obeyed: in between there are two, never none.
      if (existing) await client.faults.clear.mutate({ id: existing.id });
    },
    ...after,
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!problem) save.mutate();
  }

  return (
    <Card
      title={existing ? 'Edit fault' : 'New fault'}
      label={existing ? 'Edit fault' : 'New fault'}
      aside={
        existing && (
          <span className="st c-fault">
            <Icon name="bolt" />
            <span>active{existing.remaining !== undefined && `, ${existing.remaining} left`}</span>
          </span>
        )
      }
    >
      <form onSubmit={submit} noValidate>
        <SentenceFields
          operation={operation}
          draft={draft}
          onOperation={onOperation}
          onChange={change}
        />
        <KindField kind={draft.kind} onChange={(kind) => change({ kind })} />
        <p className="then">
          <b>What sagas will do:</b> {kindOf(draft.kind).then}
        </p>
        <p className="go-problem c-stuck" role="status">
          {problem}
        </p>
        <div className="go">
          <button
            type="submit"
            className="btn primary"
            disabled={problem !== undefined || save.isPending}
          >
            {existing ? 'Save change' : 'Switch it on'}
          </button>
          {existing && (
            <button
              type="button"
              className="btn danger"
              disabled={clear.isPending}
              onClick={() => clear.mutate({ operation })}
            >
              Clear fault
            </button>
          )}
          <span className="note">
            {save.isPending ? 'waits for the workers…' : 'applies on confirm'}
          </span>
        </div>
      </form>
    </Card>
  );
}
