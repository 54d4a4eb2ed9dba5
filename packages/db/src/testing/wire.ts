/** One message of the Postgres protocol, header included; the first one of a client has no type. */
export interface Frame {
  readonly type: string;
  readonly bytes: Buffer;
}

/** Cuts a stream into messages. A message that is not whole yet waits for the rest. */
export class Framer {
  #rest: Buffer = Buffer.alloc(0);
  #isTyped: boolean;

  /** @param isTyped false for a client's stream, which opens with a message without a type byte */
  constructor(isTyped: boolean) {
    this.#isTyped = isTyped;
  }

  push(chunk: Buffer): Frame[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const frames: Frame[] = [];
    for (;;) {
      const header = this.#isTyped ? 1 : 0;
      if (this.#rest.length < header + 4) return frames;
      const size = header + this.#rest.readInt32BE(header);
      if (this.#rest.length < size) return frames;
      const bytes = this.#rest.subarray(0, size);
      frames.push({ type: this.#isTyped ? String.fromCodePoint(bytes[0] ?? 0) : 'startup', bytes });
      this.#rest = this.#rest.subarray(size);
      this.#isTyped = true;
    }
  }
}

/** What a client has said so far, as far as a test wants to know. */
export class ClientScript {
  /** From the start-up message. */
  application = '';
  /** Answers that the server owes: one for the start-up, one for each Sync and simple query. */
  asked = 0;
  readonly #statements = new Map<string, string>();

  /** The SQL that a message makes the server prepare or run, if it does. */
  read({ type, bytes }: Frame): string | undefined {
    switch (type) {
      case 'startup': {
        const fields = bytes.toString('utf8', 8).split('\0');
        this.application = fields[fields.indexOf('application_name') + 1] ?? '';
        this.asked += 1;
        return undefined;
      }
      case 'Q':
        this.asked += 1;
        return textAt(bytes, 5).text;
      case 'P': {
        const name = textAt(bytes, 5);
        const { text } = textAt(bytes, name.end);
        this.#statements.set(name.text, text);
        return text;
      }
      case 'B': {
        // A bind names its portal first, then the statement: on a warm connection the text was sent long ago.
        const portal = textAt(bytes, 5);
        return this.#statements.get(textAt(bytes, portal.end).text);
      }
      case 'S':
        this.asked += 1;
        return undefined;
      default:
        return undefined;
    }
  }
}

/** Whether it opens a transaction, whatever else it says. */
export const isBegin = (sql: string): boolean => /^begin\b/.test(sql);

/** The command tag in a CommandComplete (`COMMIT`, `UPDATE 3`), or the message of an error. */
export function tagOf({ type, bytes }: Frame): string | undefined {
  if (type === 'C') return textAt(bytes, 5).text;
  return type === 'E' ? `ERROR ${bytes.toString('utf8', 5).replaceAll('\0', ' ')}` : undefined;
}

function textAt(bytes: Buffer, from: number): { text: string; end: number } {
  const zero = bytes.indexOf(0, from);
  return { text: bytes.toString('utf8', from, zero), end: zero + 1 };
}
