import fc from 'fast-check';
import { expect, it } from 'vitest';
import { moveOn, type Place } from '../src/bus/place.ts';
import type { Cursor } from '../src/bus/read-outbox.ts';

/** One of several transactions that write rows, and commit in another order than they began. */
interface Writer {
  readonly xid: number;
  readonly rows: number;
  /** The turn before which it is visible. */
  readonly commits: number;
}

const limit = 5;
const turns = 12;

const writers = fc
  .array(
    fc.record({ rows: fc.integer({ min: 0, max: 4 }), takes: fc.integer({ min: 0, max: 6 }) }),
    {
      maxLength: 20,
    },
  )
  .map((all) =>
    all.map(({ rows, takes }, index): Writer => {
      // Begun one after another, two in each turn.
      const begins = Math.floor(index / 2);
      return { xid: 700 + index, rows, commits: begins + takes };
    }),
  );

function rowsOf(all: readonly Writer[]): (Cursor & { readonly writer: Writer })[] {
  // Rows of transactions that run at once are numbered in turns.
  const rows = all.flatMap((writer) =>
    Array.from({ length: writer.rows }, (_, n) => ({ writer, n })),
  );
  const numbered = rows
    .toSorted((a, b) => a.n - b.n || b.writer.xid - a.writer.xid)
    .map(({ writer }, id) => ({ xid: `${writer.xid}`, id: `${id + 8}`, writer }));
  return numbered.toSorted((a, b) => a.writer.xid - b.writer.xid || Number(a.id) - Number(b.id));
}

it('handles every message once, however transactions overlap, and ends at the last one', () => {
  fc.assert(
    fc.property(writers, (all) => {
      const rows = rowsOf(all);
      let place: Place = { partition: 0, cursor: { xid: '0', id: '0' }, handled: [] };
      const seen: string[] = [];
      for (let turn = 0; turn < turns + rows.length; turn += 1) {
        const running = all.filter(({ commits }) => commits > turn).map(({ xid }) => xid);
        const xmin = `${Math.min(10_000, ...running)}`;
        const { cursor, handled } = place;
        const beyond = (row: Cursor) =>
          Number(row.xid) > Number(cursor.xid) ||
          (row.xid === cursor.xid && Number(row.id) > Number(cursor.id));
        const fresh = rows
          .filter(({ writer }) => writer.commits <= turn)
          .filter((row) => beyond(row) && !handled.some(({ id }) => id === row.id))
          .slice(0, limit)
          .map(({ xid, id }) => ({ xid, id }));
        seen.push(...fresh.map(({ id }) => id));
        place = moveOn(place, { fresh, xmin, isCut: fresh.length >= limit });
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.length).toBe(rows.length);
      expect(place.handled).toEqual([]);
      const last = rows.at(-1);
      if (last) expect(place.cursor).toEqual({ xid: last.xid, id: last.id });
    }),
    { numRuns: 2_000 },
  );
});

it('does not pass what a reading that was cut short has left out', () => {
  const place: Place = {
    partition: 0,
    cursor: { xid: '1', id: '1' },
    handled: [{ xid: '9', id: '30' }],
  };
  const fresh = [{ xid: '4', id: '4' }];
  const moved = moveOn(place, { fresh, xmin: '100', isCut: true });
  expect(moved.cursor).toEqual({ xid: '4', id: '4' });
  expect(moved.handled).toEqual(place.handled);
});
