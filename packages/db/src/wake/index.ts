export { listen } from './listener.ts';
export { createNotifier, type Notifier, type Topic } from './notifier.ts';
