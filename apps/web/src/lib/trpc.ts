import type { inferRouterOutputs } from '@trpc/server';
import { createTRPCContext } from '@trpc/tanstack-react-query';
// The type alone: no server code reaches the browser.
import type { AppRouter } from '@/server/routers/index.ts';

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

export type Outputs = inferRouterOutputs<AppRouter>;
export type Saga = Outputs['sagas']['get'];
export type StepDetail = Saga['steps'][number];
export type SagaEvent = Outputs['sagas']['events'][number];
export type SagaRow = Outputs['sagas']['list']['items'][number];
export type Cause = Outputs['sagas']['causes'][number];
export type Counts = Outputs['sagas']['counts'];
export type Definition = Outputs['definitions']['list'][number];
export type Flow = Outputs['flows']['get'];
export type Fault = Outputs['faults']['list'][number];
export type Product = Outputs['catalog']['list'][number];
export type Account = Outputs['catalog']['accounts'][number];
export type Ledger = Outputs['sagas']['ledger'];
export type Batch = Outputs['batches']['get'];
export type FlowMetrics = Outputs['metrics']['flow'];
export type StepMetrics = Outputs['metrics']['steps']['steps'][number];
export type Audit = Outputs['audit']['run'];
export type SagaStatus = Saga['status'];
export type SagaStyle = Saga['style'];
