import { messageBusContract } from '../src/contract/index.ts';
import { createMemoryBus } from '../src/memory/index.ts';

messageBusContract('memory', () => {
  const bus = createMemoryBus();
  const source = 'order';
  return Promise.resolve({
    bus,
    source,
    group: 'inventory',
    append(messages) {
      bus.append(source, messages);
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
