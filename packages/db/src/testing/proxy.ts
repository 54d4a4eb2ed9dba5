import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { Link, type Passing, type Trap } from './link.ts';

/** A connection that stands still: the server has answered, the client does not know. */
export interface Held {
  release(): void;
}

/** A network that fails on demand, between a client and Postgres. One protocol, no TLS. */
export interface Proxy {
  /** Use this instead of the target. */
  readonly url: string;
  /** Resets every connection; returns how many had a statement under way. */
  resetAll(): number;
  /**
   * Lets the server carry out the next statement that matches, and resets the client before it gets
   * one byte of the answer. Resolves with the server's command tag (`COMMIT`, `UPDATE 3`).
   *
   * @param wanted which tags count; other answers pass, and the next statement is waited for
   */
  loseReply(
    match: (passing: Passing) => boolean,
    wanted?: (tag: string) => boolean,
  ): Promise<string>;
  /** The same, but the connection stays open and silent. Resolves once the server has answered. */
  holdReply(match: (passing: Passing) => boolean): Promise<Held>;
  /** Holds the description of a statement that is new to its connection: it was prepared, and not run. */
  holdPreparation(match: (passing: Passing) => boolean): Promise<Held>;
  /** From now on nothing passes in either direction on these connections, new ones included. */
  freeze(application: (name: string) => boolean): Held;
  stop(): Promise<void>;
}

export async function startProxy({ target }: { target: string }): Promise<Proxy> {
  const { hostname, port } = new URL(target);
  const links = new Set<Link>();
  const traps: Trap[] = [];
  const freezers = new Set<(application: string) => boolean>();
  const isFrozen = (application: string) => [...freezers].some((covers) => covers(application));

  const server = createServer((client) => {
    const link = new Link(client, connect(Number(port), hostname), traps, isFrozen);
    links.add(link);
    void link.closed.then(() => links.delete(link));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);

  const lay = <T>(
    match: Trap['match'],
    spring: (tag: string, link: Link, resolve: (value: T) => void) => void,
    at: Trap['at'] = 'run',
  ) =>
    new Promise<T>((resolve) => {
      traps.push({ match, at, spring: (tag, link) => spring(tag, link, resolve) });
    });

  const hold = (_tag: string, link: Link, resolve: (held: Held) => void) =>
    resolve({ release: () => link.release() });

  return {
    url: url.href,
    resetAll() {
      const busy = [...links].filter((link) => link.isBusy).length;
      for (const link of links) link.reset();
      return busy;
    },
    holdPreparation: (match) => lay<Held>(match, hold, 'prepare'),
    loseReply: (match, wanted = () => true) =>
      lay<string>(match, function spring(tag, link, resolve) {
        if (wanted(tag)) {
          link.reset();
          resolve(tag);
        } else {
          link.release();
          traps.push({ match, at: 'run', spring: (next, other) => spring(next, other, resolve) });
        }
      }),
    holdReply: (match) => lay<Held>(match, hold),
    freeze(application) {
      freezers.add(application);
      for (const link of links) link.settle();
      return {
        release() {
          freezers.delete(application);
          for (const link of links) link.settle();
        },
      };
    },
    async stop() {
      for (const link of links) link.reset();
      server.close();
      await once(server, 'close');
    },
  };
}
