export type { Ends, Percentiles } from './ends.ts';
export type { FaultSpan } from './faults.ts';
export { type FlowMetrics, type FlowStep, readFlowMetrics } from './flow.ts';
export { readStepMetrics, type StepMetrics, type StepsMetrics } from './steps.ts';
export { type MetricWindow, metricWindows } from './window.ts';
