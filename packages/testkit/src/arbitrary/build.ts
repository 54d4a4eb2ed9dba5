import { defineSaga, type SagaDefinition } from '@counterstep/saga-core/definition';
import { type Json, operation } from '@counterstep/saga-core/participant';
import { z } from 'zod';
import type { Blueprint, MemberPlan, StagePlan, StepPlan, WaitPlan } from './blueprint.ts';

/** The far side of a blueprint's plain functions. */
export interface FarSide {
  /** Does something under a key, once; throws a `Rejection` to say no. */
  call(key: string, attempt: number): Json;
  /** What became of a key; whatever has not happened must not happen later. */
  probe(key: string): { readonly done: true; readonly output: Json } | { readonly done: false };
}

export interface BlueprintInput {
  readonly id: string;
}

/** A builder without the types that plain data cannot have. */
interface Loose {
  step(name: string, step: object): Loose;
  pivot(name: string, step: object): Loose;
  retriable(name: string, step: object): Loose;
  sleep(name: string, time: object): Loose;
  waitFor(name: string, signal: object): Loose;
  parallel(name: string, fill: (group: Loose) => Loose, options?: object): Loose;
  build(): SagaDefinition<BlueprintInput>;
}

const ref = z.object({ id: z.string() });
const delays = { initialDelayMs: 50, maxDelayMs: 1_500 };

/** Builds the saga that a blueprint stands for. Its steps have no meaning; services decide what they do. */
export function definitionOf(plan: Blueprint, farSide: FarSide): SagaDefinition<BlueprintInput> {
  const { name, deadlineMs } = plan;
  const header = { name, version: 1, input: ref, ...(deadlineMs !== null && { deadlineMs }) };
  // A plan is data: which method comes next is known when it runs, not when it compiles.
  let saga = defineSaga(header) as unknown as Loose;
  for (const [index, stage] of plan.before.entries()) {
    saga = addStage(saga, `before-${index}`, stage, 'step', farSide);
  }
  if (plan.pivot) saga = saga.pivot(plan.pivot.name, workOf(plan.pivot, farSide));
  for (const [index, stage] of plan.after.entries()) {
    saga = addStage(saga, `after-${index}`, stage, 'retriable', farSide);
  }
  return saga.build();
}

function addStage(
  saga: Loose,
  group: string,
  { members, undo }: StagePlan,
  kind: 'step' | 'retriable',
  farSide: FarSide,
): Loose {
  const add = (list: Loose) =>
    members.reduce((saga, member) => addMember(saga, member, kind, farSide), list);
  return members.length > 1 ? saga.parallel(group, add, { undo }) : add(saga);
}

function addMember(
  saga: Loose,
  member: MemberPlan,
  kind: 'step' | 'retriable',
  farSide: FarSide,
): Loose {
  if ('waitsFor' in member) return addWait(saga, member, kind === 'retriable');
  const work = workOf(member, farSide);
  return kind === 'step'
    ? saga.step(member.name, { ...work, ...undoOf(member, farSide) })
    : saga.retriable(member.name, work);
}

function addWait(saga: Loose, plan: WaitPlan, isPastPivot: boolean): Loose {
  const { name, waitsFor, forMs, timeoutMs } = plan;
  if (waitsFor === 'time') return saga.sleep(name, { forMs });
  const onTimeout = isPastPivot ? 'continue' : plan.onTimeout;
  return saga.waitFor(name, {
    schema: z.unknown(),
    onTimeout,
    ...(timeoutMs !== null && { timeoutMs }),
  });
}

function workOf(plan: StepPlan, farSide: FarSide): object {
  const { name, does, hasProbe, maxAttempts, timeoutMs, deadlineMs } = plan;
  const options = {
    retry: { maxAttempts, ...delays },
    compensationRetry: { maxAttempts: maxAttempts + 1, ...delays },
    timeoutMs,
    ...(deadlineMs !== null && { deadlineMs }),
  };
  if (does === 'operation') {
    const action = operation({ name: `service.${name}`, request: ref, response: z.unknown() });
    return { action, request: ({ input }: { input: BlueprintInput }) => input, ...options };
  }
  return {
    run: functionOf(farSide),
    ...(hasProbe && { probe: ({ key }: { key: string }) => Promise.resolve(farSide.probe(key)) }),
    ...options,
  };
}

function undoOf({ name, does }: StepPlan, farSide: FarSide): object {
  if (does === 'function') return { undo: functionOf(farSide) };
  return {
    compensation: operation({ name: `service.undo-${name}`, request: ref, response: z.unknown() }),
    compensationRequest: ({ input }: { input: BlueprintInput }) => input,
  };
}

const functionOf =
  (farSide: FarSide) =>
  ({ key, attempt }: { key: string; attempt: number }): Promise<Json> =>
    Promise.resolve().then(() => farSide.call(key, attempt));
