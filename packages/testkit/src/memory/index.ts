export { Barrier, type Decision, type Effect } from './barrier.ts';
export { createMemoryBus } from './bus.ts';
export {
  accept,
  type LetterAnswer,
  type LetterContent,
  operate,
  reap,
  sendLetter,
} from './commands.ts';
export type { Journal, JournalEntry } from './journal.ts';
export {
  createMemoryServices,
  memoryParticipants,
  type MemoryServices,
  type ServiceAnswer,
  type ServiceCall,
} from './services.ts';
export { memoryStore } from './store.ts';
export {
  createMemoryDatabase,
  type Instance,
  type LoggedEvent,
  type MemoryDatabase,
  type PostedLetter,
  type Ready,
  readLog,
  type Tables,
} from './tables.ts';
