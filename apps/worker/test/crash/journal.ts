import { createPool, type Pool } from '@counterstep/db/tx';

export interface Call {
  readonly key: string;
  readonly attempt: number;
}

/** The far side of plain functions: it only ever adds, and the engine knows nothing of it. */
export interface Journal {
  note(call: Call): Promise<void>;
  /** All calls, in order. */
  read(): Promise<Call[]>;
  end(): Promise<void>;
}

/** @param url a database in which `createJournal` has been called */
export function openJournal(url: string): Journal {
  const pool = open(url);
  return {
    async note({ key, attempt }) {
      await pool.query('insert into call_journal (key, attempt) values ($1, $2)', [key, attempt]);
    },
    read: () => pool.query<Call>('select key, attempt from call_journal order by id'),
    end: () => pool.end(),
  };
}

export async function createJournal(url: string): Promise<void> {
  const pool = open(url);
  await pool.query(
    `create table call_journal (
       id bigint primary key generated always as identity, key text not null, attempt int not null)`,
  );
  await pool.end();
}

/** Its name is where the crash hook reads whose connection it is. */
const open = (url: string): Pool =>
  createPool({ url, searchPath: 'public', applicationName: 'counterstep journal', size: 1 });
