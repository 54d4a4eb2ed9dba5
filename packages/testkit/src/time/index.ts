export type { SimulatedProcess } from './process.ts';
export { createRandom, type Random } from './random.ts';
export {
  createSimulation,
  type RunEnd,
  type RunLimits,
  type Simulation,
  type SimulationOptions,
} from './simulation.ts';
export type { Trace } from './trace.ts';
