export { type Flow, flowsOf, type Flows } from './flow.ts';
export { foldMessages } from './fold.ts';
export { createMemory, type Memory } from './memory.ts';
export { rebuildSagas, type RebuildOptions, type Rebuilt } from './rebuild.ts';
export { stallPolicyFrom, type StallPolicy } from './stall-policy.ts';
export { type Calm, raiseStalls, type Stalled } from './stalls.ts';
export type { ServicePools } from './verdict.ts';
export { type Addressee, readChoreographyMail } from './letters.ts';
