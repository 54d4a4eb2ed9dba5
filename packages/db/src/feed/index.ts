export { type Change, createHub, type Hub, type HubOptions, type Subscriber } from './hub.ts';
