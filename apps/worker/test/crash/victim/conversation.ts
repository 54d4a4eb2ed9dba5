import { ClientScript, Framer, isBegin, tagOf } from '@counterstep/db/testing';
import { isCounted, nameOf } from './statements.ts';

/** What the client asked for up to one Sync, until the server is ready for the next. */
interface Exchange {
  /** The one statement of it; two are never sent under one Sync. */
  readonly sql: string;
  /** Name of what it writes. */
  readonly name: string | undefined;
  readonly inTransaction: boolean;
  /** It changed something, or committed what had changed something. */
  isDone: boolean;
}

const pools = /(order|inventory|payment|shipment|journal)$/;

/**
 * One connection to Postgres, as both sides speak. A boundary is the commit of something: of a
 * statement on its own, or of a transaction, named after all that was changed in it. What changed no
 * row is none, so looking for work is no boundary and finding some is.
 */
export class Conversation {
  readonly #client = new Framer(false);
  readonly #server = new Framer(true);
  readonly #script = new ClientScript();
  readonly #due: Exchange[] = [];
  #sql = '';
  #inTransaction = false;
  #changed = new Set<string>();

  /** Boundaries that the server will come to when it gets these bytes, if they change anything. */
  send(chunk: Buffer): string[] {
    const labels: string[] = [];
    for (const frame of this.#client.push(chunk)) {
      this.#sql = this.#script.read(frame) ?? this.#sql;
      if (!['startup', 'Q', 'S'].includes(frame.type)) continue;
      const exchange = this.#exchange(this.#sql);
      this.#sql = '';
      this.#due.push(exchange);
      const label = this.#labelOf(exchange, this.#announced());
      if (label !== undefined) labels.push(label);
    }
    return labels;
  }

  /** Boundaries that lie behind the server, as these bytes say. */
  receive(chunk: Buffer): string[] {
    const labels: string[] = [];
    for (const frame of this.#server.push(chunk)) {
      const [exchange] = this.#due;
      if (!exchange) continue;
      if (frame.type === 'C') this.#complete(exchange, tagOf(frame) ?? '');
      if (frame.type !== 'Z') continue;
      this.#due.shift();
      const label = exchange.isDone ? this.#labelOf(exchange, this.#changed) : undefined;
      if (label !== undefined) labels.push(label);
      if (isEnd(exchange.sql)) this.#changed = new Set();
    }
    return labels;
  }

  #exchange(sql: string): Exchange {
    if (isBegin(sql)) this.#inTransaction = true;
    if (isEnd(sql)) this.#inTransaction = false;
    return { sql, name: nameOf(sql), inTransaction: this.#inTransaction, isDone: false };
  }

  #complete(exchange: Exchange, tag: string): void {
    const hasChanged = isCounted(exchange.sql) || !tag.endsWith(' 0');
    exchange.isDone = isEnd(exchange.sql) ? tag === 'COMMIT' : hasChanged;
    if (exchange.name === undefined || !exchange.inTransaction) return;
    if (exchange.isDone) this.#changed.add(exchange.name);
  }

  /** What has changed in this transaction, and what is on its way and will, for all that is known. */
  #announced(): ReadonlySet<string> {
    const announced = new Set(this.#changed);
    for (const { name, inTransaction } of this.#due) {
      if (name !== undefined && inTransaction) announced.add(name);
    }
    return announced;
  }

  #labelOf(
    { sql, name, inTransaction }: Exchange,
    changed: ReadonlySet<string>,
  ): string | undefined {
    const pool = pools.exec(this.#script.application)?.[0] ?? 'saga';
    if (sql === 'commit' && changed.size > 0) return `${pool}: ${[...changed].join(' + ')}`;
    return name === undefined || inTransaction ? undefined : `${pool}: ${name}`;
  }
}

const isEnd = (sql: string): boolean => sql === 'commit' || sql === 'rollback';
