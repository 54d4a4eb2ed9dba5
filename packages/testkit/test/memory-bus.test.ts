import { messageBusContract } from '../src/contract/index.ts';
import { createMemoryBus } from '../src/memory/index.ts';

messageBusContract('memory', () => {
  const bus = createMemoryBus();
  const source = 'order';
  return Promise.resolve({
    bus,
    source,
    otherSource: 'payment',
    group: 'inventory',
    append(messages, from = source) {
      bus.append(from, messages);
      return Promise.resolve();
    },
    appendOpen(messages) {
      return Promise.resolve({
        commit() {
          bus.append(source, messages);
          return Promise.resolve();
        },
      });
    },
    close: () => Promise.resolve(),
  });
});
