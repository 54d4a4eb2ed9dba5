'use client';

import './launch.css';
import '../audit/audit.css';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { useTRPC } from '@/lib/trpc.ts';
import { Card } from '@/ui/card.tsx';
import { Icon } from '@/ui/icon.tsx';
import { Failure } from '@/ui/states.tsx';
import { NumberField } from './number-field.tsx';

const countMax = 20_000;
const rateMax = 10_000;
const styles = ['orchestration', 'choreography', 'both'] as const;

export function LaunchPage() {
  const trpc = useTRPC();
  const router = useRouter();
  const [amount, setAmount] = useState('1000');
  const [rate, setRate] = useState('');
  const [style, setStyle] = useState<(typeof styles)[number]>('orchestration');
  const [seed, setSeed] = useState('');
  const launch = useMutation(
    trpc.batches.launch.mutationOptions({
      onSuccess: ({ batchId }) => router.push(`/launch/${batchId}`),
    }),
  );
  const problems = {
    amount: problemOf(amount, countMax, false),
    rate: problemOf(rate, rateMax, true),
    seed: problemOf(seed, 2_147_483_647, true),
  };
  const isValid = Object.values(problems).every((problem) => problem === undefined);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isValid) return;
    launch.mutate({
      count: Number(amount),
      style,
      ...(rate && { ratePerSecond: Number(rate) }),
      ...(seed && { seed: Number(seed) }),
    });
  }

  return (
    <div className="launch-page">
      <div className="fhead">
        <div>
          <h1>Launch</h1>
          <p>Many orders at once. Workers place them, so a launch goes on whatever process ends.</p>
        </div>
      </div>
      <Card title="New launch" className="narrow">
        <form className="lf" onSubmit={submit} noValidate>
          <NumberField
            label="Orders"
            value={amount}
            problem={problems.amount}
            onChange={setAmount}
          />
          <NumberField
            label="Rate per second"
            value={rate}
            problem={problems.rate}
            placeholder="as fast as they go"
            onChange={setRate}
          />
          <label className="lab" htmlFor="launch-style">
            Style
          </label>
          <select
            id="launch-style"
            className="select"
            value={style}
            onChange={(event) =>
              setStyle(styles.find((known) => known === event.target.value) ?? style)
            }
          >
            <option value="orchestration">Orchestration</option>
            <option value="choreography">Choreography</option>
            <option value="both">Both: each order once in either style</option>
          </select>
          <NumberField
            label="Seed"
            value={seed}
            problem={problems.seed}
            placeholder="by chance; the same seed makes the same orders"
            onChange={setSeed}
          />
          {launch.error && <Failure error={launch.error} />}
          <div className="lf-go">
            <button type="submit" className="btn primary" disabled={!isValid || launch.isPending}>
              <Icon name="stack" />
              Launch
            </button>
            <span className="note">Faults that are on now meet these orders too.</span>
          </div>
        </form>
      </Card>
    </div>
  );
}

function problemOf(text: string, max: number, isOptional: boolean): string | undefined {
  if (text === '' && isOptional) return undefined;
  const isWhole = /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= max;
  return isWhole ? undefined : `Give a whole number from 1 to ${max}.`;
}
