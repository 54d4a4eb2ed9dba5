import { describe, expect, it } from 'vitest';
import { createCloser } from './closer.ts';

describe('closer', () => {
  it('undoes last things first, once, past a step that fails', async () => {
    const done: string[] = [];
    const errors: unknown[] = [];
    const closer = createCloser((error) => errors.push(error));
    closer.add(() => void done.push('first'));
    closer.add(() => Promise.reject(new Error('broken')));
    closer.add(() => void done.push('last'));
    await Promise.all([closer.close(), closer.close()]);
    expect(done).toEqual(['last', 'first']);
    expect(errors).toHaveLength(1);
  });

  it('waits for what is still in the making, then undoes it', async () => {
    const undone: string[] = [];
    const closer = createCloser(() => undefined);
    const making = deferred<string>();
    void closer.use(making.promise, (value) => void undone.push(value));
    const closed = closer.close();
    making.resolve('server');
    await closed;
    expect(undone).toEqual(['server']);
    expect(() => closer.add(() => undefined)).toThrow(/Stopped/);
  });
});

function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => (resolve = done));
  return { promise, resolve };
}
