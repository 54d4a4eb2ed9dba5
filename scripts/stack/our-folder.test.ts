import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkOurs } from './our-folder.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'counterstep-ours-'));
});

afterEach(() => rm(folder, { recursive: true }));

it('takes a folder that is not there, is empty, or holds our own database', async () => {
  await checkOurs(path.join(folder, 'none'));
  await checkOurs(folder);
  await mkdir(path.join(folder, 'cluster'));
  await writeFile(path.join(folder, 'password'), '');
  await checkOurs(folder);
});

it('refuses one that holds something else, and says what to change', async () => {
  await writeFile(path.join(folder, 'PG_VERSION'), '15');
  await expect(checkOurs(folder)).rejects.toThrow(/holds something .* Set DATA_DIR/);
});
