import { Socket } from 'node:net';
import { Conversation } from './conversation.ts';
import { type Boundary, pointFrom } from './point.ts';
import { isPoll } from './statements.ts';

/**
 * Imported before anything that opens a connection. It looks on at every socket that speaks to
 * Postgres, counts the boundaries, and ends this process at one of them, as `kill -9` does:
 * - `before`: the bytes that would cross the boundary are not sent;
 * - `committed`: the answer is here, so it is crossed, but nobody in this process has seen it;
 * - `acknowledged`: the answer was handed over and all that follows from it in memory has happened,
 *   but nothing more leaves this process.
 */
const point = pointFrom(process.env);
const sent = new Map<string, number>();
const crossed = new Map<string, number>();
const conversations = new WeakMap<Socket, Conversation>();
let isDying = false;

/** All that was crossed, in order. */
export const seen: Boundary[] = [];

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  for (;;);
}

/** Of polls, which mostly cross nothing, the first after the boundary before it is taken for it. */
function isBefore(label: string): boolean {
  const nth = 1 + ((isPoll(label) ? crossed : sent).get(label) ?? 0);
  sent.set(label, 1 + (sent.get(label) ?? 0));
  return point?.mode === 'before' && point.label === label && point.nth === nth;
}

/** Whether it is the one. */
function cross(label: string): boolean {
  const nth = (crossed.get(label) ?? 0) + 1;
  crossed.set(label, nth);
  seen.push({ label, nth });
  return point?.mode !== 'before' && point?.label === label && point.nth === nth;
}

function onData(socket: Socket, conversation: Conversation, chunk: Buffer, deliver: () => boolean) {
  const isHere = conversation.receive(chunk).map(cross).includes(true);
  if (!isHere) return deliver();
  if (point?.mode === 'committed') die();
  // Promises are settled between the two: whoever waited for this answer has gone on.
  setImmediate(die);
  isDying = true;
  return deliver();
}

function watch(socket: Socket, conversation: Conversation): void {
  conversations.set(socket, conversation);
  const emit = socket.emit.bind(socket) as (event: string, ...rest: unknown[]) => boolean;
  socket.emit = ((event: string, ...rest: unknown[]) =>
    event === 'data'
      ? onData(socket, conversation, rest[0] as Buffer, () => emit(event, ...rest))
      : emit(event, ...rest)) as Socket['emit'];
}

/** A start-up message of protocol 3.0: nobody else here begins a connection like this. */
const isStartup = (chunk: Buffer): boolean =>
  chunk.length >= 8 && chunk.readInt32BE(0) === chunk.length && chunk.readInt32BE(4) === 3 << 16;

type Write = (this: Socket, chunk: unknown, ...rest: unknown[]) => boolean;
const write = Socket.prototype.write as Write;

const watchedWrite: Write = function (chunk, ...rest) {
  if (chunk instanceof Uint8Array) {
    const bytes = Buffer.from(chunk);
    if (!conversations.has(this) && isStartup(bytes)) watch(this, new Conversation());
    const conversation = conversations.get(this);
    if (conversation && isDying) return true;
    if (conversation?.send(bytes).map(isBefore).includes(true)) die();
  }
  return write.call(this, chunk, ...rest);
};
Object.assign(Socket.prototype, { write: watchedWrite });
