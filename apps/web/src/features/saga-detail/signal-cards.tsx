'use client';

import './signal.css';
import { useVersion } from '@/lib/definitions.ts';
import type { Saga } from '@/lib/trpc.ts';
import { isFinished } from '@/ui/status.ts';
import { SignalForm } from './signal-form.tsx';

/** A form for each signal that the saga waits for now. */
export function SignalCards({ saga }: { saga: Saga }) {
  const version = useVersion(saga.definition, saga.version);
  const hasTurned = saga.status === 'compensating' || saga.direction === 'compensation';
  if (isFinished(saga.status) || hasTurned || !version) return null;
  const awaited = saga.steps.filter(({ waitsFor }) => waitsFor === 'signal');
  return awaited.map((step) => (
    <SignalForm
      key={step.name}
      saga={saga}
      step={step}
      signal={version.signals.find(({ name }) => name === step.name)}
    />
  ));
}
