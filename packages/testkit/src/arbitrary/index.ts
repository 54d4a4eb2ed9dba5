export { type Blueprint, blueprint, blueprintsOf } from './blueprint.ts';
export { type BlueprintInput, definitionOf, type FarSide } from './build.ts';
export { farSideOf } from './far-side.ts';
