'use client';

import './launch.css';
import '../audit/audit.css';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { useTRPCClient } from '@/lib/trpc.ts';
import { Card } from '@/ui/card.tsx';
import { Icon } from '@/ui/icon.tsx';
import { Failure } from '@/ui/states.tsx';
import { activeRules, presets, withService } from '../failures/presets.ts';
import { useFaults } from '../failures/use-faults.ts';
import { NumberField } from './number-field.tsx';

const countMax = 20_000;
const rateMax = 10_000;
const styles = ['orchestration', 'choreography', 'both'] as const;

export function LaunchPage() {
  const client = useTRPCClient();
  const router = useRouter();
  const { faults, after } = useFaults();
  const [amount, setAmount] = useState('1000');
  const [rate, setRate] = useState('');
  const [style, setStyle] = useState<(typeof styles)[number]>('orchestration');
  const [seed, setSeed] = useState('');
  const [profile, setProfile] = useState('');
  const preset = presets.find(({ id }) => id === profile);
  const launch = useMutation({
    mutationFn: async (orders: Parameters<typeof client.batches.launch.mutate>[0]) => {
      // Obeyed by every worker before the first of these orders is placed.
      if (preset && !activeRules(preset, faults)) {
        for (const rule of preset.rules) await client.faults.set.mutate(withService(rule));
        void after.onSuccess();
      }
      return client.batches.launch.mutate(orders);
    },
    onSuccess: ({ batchId }) => router.push(`/launch/${batchId}`),
  });
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
          <label className="lab" htmlFor="launch-faults">
            What goes wrong
          </label>
          <select
            id="launch-faults"
            className="select"
            value={profile}
            onChange={(event) => setProfile(event.target.value)}
          >
            <option value="">nothing more than now</option>
            {presets.map(({ id, word, note }) => (
              <option key={id} value={id}>
                {word}: {note}
              </option>
            ))}
          </select>
          {launch.error && <Failure error={launch.error} />}
          <div className="lf-go">
            <button type="submit" className="btn primary" disabled={!isValid || launch.isPending}>
              <Icon name="stack" />
              Launch
            </button>
            <span className="note">
              {preset
                ? 'Switched on before the launch, and on until it is cleared.'
                : 'Faults that are on now meet these orders too.'}
            </span>
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
