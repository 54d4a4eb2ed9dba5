import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimFolder } from './claim.ts';

const url = 'http://127.0.0.1:3000';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'counterstep-claim-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('claimFolder', () => {
  it('gives a folder to one of two at once, and to the next when that one is done', async () => {
    const claims = await Promise.allSettled([claimFolder(folder, url), claimFolder(folder, url)]);
    expect(claims.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(claimFolder(folder, url)).rejects.toThrow(/DATA_DIR/);

    for (const claim of claims) if (claim.status === 'fulfilled') await claim.value();
    await claimFolder(folder, url);
  });

  it('takes it from a process whose pid belongs to another one by now', async () => {
    await claimFolder(folder, url);
    const file = path.join(folder, 'holder.json');
    const dead = { ...(JSON.parse(await readFile(file, 'utf8')) as object), identity: 'before' };
    await writeFile(file, JSON.stringify(dead));
    await claimFolder(folder, url);
  });

  it('takes it from a process that died while it wrote', async () => {
    await writeFile(path.join(folder, 'holder.json'), '{"pid":');
    await claimFolder(folder, url);
  });
});
