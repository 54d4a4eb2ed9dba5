export {
  type Connection,
  definitionOver,
  type FunctionWitness,
  participantsOver,
  storeOver,
} from './ports.ts';
export {
  calmNetwork,
  type CallSite,
  ConnectionLostError,
  type CrashMode,
  type Fate,
  type Network,
  reach,
} from './reach.ts';
