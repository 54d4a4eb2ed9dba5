export { type Embedded, type EmbeddedOptions, removeEmbedded, startEmbedded } from './start.ts';
