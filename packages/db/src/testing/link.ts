import type { Socket } from 'node:net';
import { ClientScript, Framer, isBegin, tagOf } from './wire.ts';

/** One statement on its way to the server. */
export interface Passing {
  readonly sql: string;
  /** application_name of the connection. */
  readonly application: string;
  /** What the same transaction has sent before it. */
  readonly before: readonly string[];
}

/** What is to happen once the server has answered a statement. Springs once. */
export interface Trap {
  readonly match: (passing: Passing) => boolean;
  /** Whether it waits for a statement to be prepared, or to be run. */
  readonly at: 'prepare' | 'run';
  readonly spring: (tag: string, link: Link) => void;
}

/** One client's connection and its counterpart at the server. */
export class Link {
  readonly closed: Promise<unknown>;
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #script = new ClientScript();
  readonly #traps: Trap[];
  readonly #isFrozen: (application: string) => boolean;
  #before: readonly string[] = [];
  #answered = 0;
  /** The answer that is kept back, counted as `answered` is, and what follows it. */
  #kept: { readonly after: number; readonly trap: Trap; tag: string } | undefined;
  #backlog: Buffer[] = [];

  constructor(
    client: Socket,
    server: Socket,
    traps: Trap[],
    isFrozen: (application: string) => boolean,
  ) {
    this.#client = client.setNoDelay(true);
    this.#server = server.setNoDelay(true);
    this.#traps = traps;
    this.#isFrozen = isFrozen;
    const asked = new Framer(false);
    const answers = new Framer(true);
    client.on('data', (chunk: Buffer) => this.#forward(asked, chunk));
    server.on('data', (chunk: Buffer) => this.#back(answers, chunk));
    // An end of one side, polite or not, is an end of both.
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      socket.on('error', () => other.destroy());
      socket.on('close', () => other.destroy());
    }
    this.closed = new Promise((resolve) => client.once('close', resolve));
  }

  get isBusy(): boolean {
    return this.#script.asked > this.#answered;
  }

  /** With RST, as a crashed host or a middlebox does it; the server notices when it next reads. */
  reset(): void {
    this.#client.resetAndDestroy();
    this.#server.resetAndDestroy();
  }

  release(): void {
    this.#kept = undefined;
    this.#client.write(Buffer.concat(this.#backlog.splice(0)));
  }

  /** Stands still or moves, as the freezers say. */
  settle(): void {
    const stands = this.#isFrozen(this.#script.application);
    for (const socket of [this.#client, this.#server]) {
      if (stands) socket.pause();
      else socket.resume();
    }
  }

  #forward(framer: Framer, chunk: Buffer): void {
    for (const frame of framer.push(chunk)) {
      const sql = this.#script.read(frame);
      // A bind is answered with the Sync that follows it, a simple query counts at once.
      const after = this.#script.asked - (frame.type === 'Q' ? 1 : 0);
      const at = frame.type === 'P' ? 'prepare' : 'run';
      if (sql === undefined) continue;
      if (isBegin(sql)) this.#before = [];
      const { application } = this.#script;
      this.#meet({ sql, application, before: this.#before }, at, after);
      this.#before = sql === 'commit' ? [] : [...this.#before, sql];
    }
    this.#server.write(chunk);
    this.settle();
  }

  #meet(passing: Passing, at: Trap['at'], after: number): void {
    if (this.#kept) return;
    const index = this.#traps.findIndex((trap) => trap.at === at && trap.match(passing));
    const [trap] = index === -1 ? [] : this.#traps.splice(index, 1);
    if (trap) this.#kept = { after, trap, tag: '' };
  }

  #back(framer: Framer, chunk: Buffer): void {
    for (const frame of framer.push(chunk)) {
      const kept = this.#kept;
      const isKept = kept !== undefined && this.#answered >= kept.after;
      if (isKept) this.#backlog.push(frame.bytes);
      else this.#client.write(frame.bytes);
      if (isKept && this.#answered === kept.after) kept.tag ||= tagOf(frame) ?? '';
      // A description ends with the columns; the client has not asked for more yet.
      const isDescribed = kept?.trap.at === 'prepare' && 'Tn'.includes(frame.type);
      if (isKept && isDescribed && this.#answered === kept.after) kept.trap.spring('', this);
      if (frame.type !== 'Z') continue;
      this.#answered += 1;
      const isRun = isKept && kept.trap.at === 'run' && this.#answered === kept.after + 1;
      if (isRun) kept.trap.spring(kept.tag, this);
    }
  }
}
