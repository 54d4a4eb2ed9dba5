'use client';

import { type FormEvent, useState } from 'react';
import { skeletonOf } from '@/lib/skeleton.ts';
import type { Definition } from '@/lib/trpc.ts';
import { Card } from '@/ui/card.tsx';
import { Icon } from '@/ui/icon.tsx';
import { Failure } from '@/ui/states.tsx';
import { DefinitionPreview } from './definition-preview.tsx';
import { Problems } from './problems.tsx';
import { problemsOf } from './field-problems.ts';
import { useStarting } from './use-starting.ts';

interface StartFormProps {
  readonly definitions: readonly Definition[];
  readonly chosen: Definition;
  readonly onChoose: (name: string) => void;
}

export function StartForm({ definitions, chosen, onChoose }: StartFormProps) {
  const [latest] = chosen.versions;
  const [input, setInput] = useState(() => JSON.stringify(skeletonOf(latest?.input), null, 2));
  const [key, setKey] = useState<string>(() => crypto.randomUUID());
  const starting = useStarting(chosen.name);
  const problems = starting.error ? problemsOf(starting.error) : [];

  function submit(event: FormEvent) {
    event.preventDefault();
    void starting.start(input, key.trim());
  }

  return (
    <form className="of" onSubmit={submit} noValidate>
      <Card title="Saga" note={`version ${latest?.version ?? '?'}, the latest`}>
        <div className="of-body">
          <label className="lab" htmlFor="definition">
            Definition
          </label>
          <select
            id="definition"
            className="select"
            value={chosen.name}
            onChange={(event) => onChoose(event.target.value)}
          >
            {definitions.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
          <label className="lab" htmlFor="input">
            Input
          </label>
          <textarea
            id="input"
            className="input json"
            rows={Math.min(24, Math.max(6, input.split('\n').length))}
            spellCheck={false}
            value={input}
            aria-invalid={problems.length > 0}
            {...(problems.length > 0 && { 'aria-describedby': 'problems' })}
            onChange={(event) => {
              setInput(event.target.value);
              starting.changed();
            }}
          />
          <Problems problems={problems} />
          <label className="lab" htmlFor="key">
            Idempotency key
          </label>
          <input
            id="key"
            className="input mono"
            maxLength={200}
            autoComplete="off"
            spellCheck={false}
            value={key}
            onChange={(event) => {
              setKey(event.target.value);
              starting.changed();
            }}
          />
          <p className="note">
            The same key with the same input gives the same saga. Empty: each click starts one.
          </p>
          {starting.error && problems.length === 0 && <Failure error={starting.error} />}
          <div className="of-go">
            <button type="submit" className="btn primary">
              <Icon name="play" />
              Start it
            </button>
            <span className="note" role="status">
              {starting.isSending && 'Sending…'}
            </span>
          </div>
        </div>
      </Card>
      {latest && <DefinitionPreview version={latest} />}
    </form>
  );
}
