export { flowsOf, type Flows, foldMessages } from './fold.ts';
