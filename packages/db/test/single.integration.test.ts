import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { openSingle } from '../src/tx/single.ts';

/** Messages of Postgres' own protocol: the login is accepted, the server is ready. */
const welcome = Buffer.from('5200000008000000005a0000000549', 'hex');

it('rejects its own statement, and nothing else, when the server goes away right after the login', async () => {
  const server = createServer((socket: Socket) => {
    socket.on('error', () => undefined);
    // The next thing that arrives after the login is the first query: it is answered by a reset.
    socket.once('data', () => {
      socket.write(welcome);
      socket.once('data', () => socket.resetAndDestroy());
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const strays: unknown[] = [];
  const note = (error: unknown) => strays.push(error);
  process.on('unhandledRejection', note);
  const { port } = server.address() as AddressInfo;
  const sql = openSingle(`postgres://nobody@127.0.0.1:${port}/none`);
  await expect(sql.unsafe('select 1')).rejects.toThrow();
  await sql.end({ timeout: 0 });
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', note);
  expect(strays).toEqual([]);
  await new Promise((resolve) => server.close(resolve));
});
