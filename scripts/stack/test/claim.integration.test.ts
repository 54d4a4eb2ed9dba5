import { readFile } from 'node:fs/promises';
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
    const holder = () => readFile(path.join(dataDir, 'holder.json'), 'utf8');
    const before = await holder();

    const second = await startProduct({ dataDir });
    const { how, said } = await second.ended;
    expect(how).toBe(2);
    expect(said).toMatch(new RegExp(`process ${first.process.pid}\\b.*${first.url}.*DATA_DIR`));
    expect(await holder()).toBe(before);
    expect(said).not.toMatch(/✓/);

    first.process.kill('SIGKILL');
    await first.ended;
    const third = await startProduct({ dataDir });
    await third.says(opened);
  }, 60_000);
});
