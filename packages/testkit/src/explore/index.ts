export {
  type Exploration,
  type ExploredFailure,
  type ExploreOptions,
  exploreCrashPoints,
  replay,
} from './explore.ts';
export type { Boundary, FaultPlan } from './fault-plan.ts';
export type { World } from './world.ts';
