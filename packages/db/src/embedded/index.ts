export { withMutex } from './mutex.ts';
export { processIdentity } from './process-identity.ts';
export { type Embedded, type EmbeddedOptions, removeEmbedded, startEmbedded } from './start.ts';
