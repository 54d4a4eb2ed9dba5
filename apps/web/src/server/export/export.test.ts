import type { SagaSummary } from '@counterstep/db/read';
import { setImmediate as nextTick } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { exportMax } from '@/lib/export-max.ts';
import { readExportRequest } from './request.ts';
import { exportSagas } from './stream.ts';

const saga = (more: Partial<SagaSummary> = {}): SagaSummary => ({
  id: '0199a5e0-0000-7000-8000-000000000001',
  definition: 'place-order',
  version: 1,
  style: 'orchestration',
  status: 'completed',
  paused: false,
  stalled: false,
  takenOver: false,
  inDoubt: false,
  businessKey: null,
  subject: 'harbour-cafe',
  correlationId: null,
  input: {},
  steps: [],
  seq: 3,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:01.000Z',
  ...more,
});

const asked = (format: 'csv' | 'json') => ({ format, page: {} });
const textOf = (stream: ReadableStream<Uint8Array>) => new Response(stream).text();

it('writes each page once, and stops where the list does', async () => {
  const first = { items: [saga({ subject: 'a' }), saga({ subject: 'b' })], nextCursor: 'next' };
  const second = { items: [saga({ subject: 'c' })] };
  const cursors: (string | undefined)[] = [];
  const read = ({ cursor }: { cursor?: string }) => {
    cursors.push(cursor);
    return Promise.resolve(cursor ? second : first);
  };
  const text = await textOf(await exportSagas(read, asked('json')));
  const rows = JSON.parse(text) as SagaSummary[];
  expect(rows.map(({ subject }) => subject)).toEqual(['a', 'b', 'c']);
  expect(cursors).toEqual([undefined, 'next']);
});

it('is whole JSON when nothing is found, and a head alone as CSV', async () => {
  const none = () => Promise.resolve({ items: [] });
  expect(JSON.parse(await textOf(await exportSagas(none, asked('json'))))).toEqual([]);
  expect((await textOf(await exportSagas(none, asked('csv')))).split('\r\n')).toHaveLength(2);
});

it('ends at its bound, however many follow', async () => {
  const items = Array.from({ length: 200 }, () => saga());
  let reads = 0;
  const endless = () => {
    reads += 1;
    return Promise.resolve({ items, nextCursor: 'more' });
  };
  const text = await textOf(await exportSagas(endless, asked('csv')));
  expect(text.trimEnd().split('\r\n')).toHaveLength(exportMax + 1);
  expect(reads).toBe(exportMax / 200);
});

it('reads little further than the client takes, and nothing once it has gone', async () => {
  let reads = 0;
  const read = () => {
    reads += 1;
    return Promise.resolve({ items: [saga()], nextCursor: 'more' });
  };
  const reader = (await exportSagas(read, asked('csv'))).getReader();
  for (let taken = 1; taken <= 5; taken += 1) {
    await reader.read();
    await nextTick();
    expect(reads).toBeGreaterThanOrEqual(taken);
    expect(reads).toBeLessThanOrEqual(taken + 2);
  }
  await reader.cancel();
  const atTheEnd = reads;
  await nextTick();
  expect(reads).toBe(atTheEnd);
});

it('breaks off, and says so in the log, when a page cannot be read', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const read = ({ cursor }: { cursor?: string }) =>
    cursor
      ? Promise.reject(new Error('gone'))
      : Promise.resolve({ items: [saga()], nextCursor: 'more' });
  await expect(textOf(await exportSagas(read, asked('csv')))).rejects.toThrow('gone');
  expect(said).toHaveBeenCalledWith('export: broken off after 1 sagas:', expect.any(Error));
  said.mockRestore();
});

it('quotes what has commas, and takes the sting out of formulas', async () => {
  const one = () =>
    Promise.resolve({ items: [saga({ subject: 'a "b", c', businessKey: '=1+1' })] });
  const [, line] = (await textOf(await exportSagas(one, asked('csv')))).split('\r\n');
  expect(line).toContain(`"a ""b"", c",'=1+1`);
});

it('says what is wrong with a request', () => {
  const read = (query: string) => readExportRequest(new URLSearchParams(query));
  expect(read('format=csv&status=stuck&status=running&order=oldest')).toEqual({
    format: 'csv',
    page: { status: ['stuck', 'running'], order: 'oldest' },
  });
  expect(read('format=xls')).toMatchObject({ problem: expect.stringContaining('format') });
  expect(read('format=csv&status=lost')).toMatchObject({ problem: expect.any(String) });
  expect(read('format=csv&color=red')).toMatchObject({ problem: expect.stringContaining('color') });
});
