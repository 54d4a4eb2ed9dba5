import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { endProducts, startProduct } from './product.ts';

const opened = /✓ Database/;

afterEach(endProducts, 60_000);

describe('start, on a folder that another start uses', () => {
  it('refuses before it touches anything, and goes on where that one was killed', async () => {
    const first = await startProduct();
    await first.says(opened);
    const { dataDir } = first;
    const logs = path.join(dataDir, 'logs');
    const before = await readdir(logs);

    const second = await startProduct({ dataDir });
    const { how, said } = await second.ended;
    expect(how).toBe(2);
    expect(said).toMatch(new RegExp(`process ${first.process.pid}\\b.*${first.url}.*DATA_DIR`));
    expect(await readdir(logs)).toEqual(before);

    first.process.kill('SIGKILL');
    await first.ended;
    const third = await startProduct({ dataDir });
    await third.says(opened);
  }, 60_000);
});
