import { z } from 'zod';

/** What a tab asks for: rows of a list as they are now, or the log of one saga. */
export type View = { readonly feed: object } | { readonly watch: { readonly sagaId: string } };

/** Of the frames that the dashboard streams, those that tell of sagas. */
const frame = z.union([
  z.object({ type: z.literal('events'), events: z.array(z.object({ at: z.string() })) }),
  z.object({ type: z.literal('sagas'), items: z.array(z.object({ updatedAt: z.string() })) }),
]);

/** One open tab, without the browser. */
export interface Viewer {
  /** ms from what happened, on the database's clock, to the frame that tells of it, so far. */
  readonly latenciesMs: readonly number[];
  /** Resolves when the stream has ended; rejects when it was not closed by us. */
  close(): Promise<void>;
}

/** Resolves once the server has begun to answer. */
export async function openViewer(url: string, view: View): Promise<Viewer> {
  const input = encodeURIComponent(JSON.stringify(view));
  const closing = new AbortController();
  const response = await fetch(`${url}/api/trpc/live?input=${input}`, {
    headers: { accept: 'text/event-stream' },
    signal: closing.signal,
  });
  if (!response.ok || !response.body) {
    throw new Error(`The stream was refused with ${response.status}: ${await response.text()}`);
  }
  const latenciesMs: number[] = [];
  const reading = read(response.body, latenciesMs).catch((error: unknown) => {
    if (!closing.signal.aborted) throw error;
  });
  // Awaited at the close; a failure until then is no unhandled rejection.
  reading.catch(() => undefined);
  return {
    latenciesMs,
    close() {
      closing.abort();
      return reading;
    },
  };
}

async function read(body: ReadableStream<Uint8Array>, latenciesMs: number[]): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const { messages, rest: left } = splitMessages(rest + decoder.decode(chunk, { stream: true }));
    rest = left;
    const nowMs = Date.now();
    for (const message of messages) {
      for (const at of timesIn(message)) latenciesMs.push(nowMs - Date.parse(at));
    }
  }
  throw new Error('The dashboard ended the stream.');
}

/** Data of the whole messages of an event stream, and what is left of the last one. */
export function splitMessages(text: string): {
  readonly messages: string[];
  readonly rest: string;
} {
  const parts = text.split('\n\n');
  const rest = parts.pop() ?? '';
  const messages = parts.map((part) =>
    part
      .split('\n')
      .flatMap((line) => (line.startsWith('data:') ? [line.slice('data:'.length).trim()] : []))
      .join('\n'),
  );
  return { messages: messages.filter((message) => message !== ''), rest };
}

/** Times of the events, or of the last changes, that a frame carries. */
function timesIn(message: string): readonly string[] {
  const known = frame.safeParse(JSON.parse(message));
  if (!known.success) return [];
  return known.data.type === 'events'
    ? known.data.events.map(({ at }) => at)
    : known.data.items.map(({ updatedAt }) => updatedAt);
}
