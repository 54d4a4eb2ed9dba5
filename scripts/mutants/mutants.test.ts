import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { choreographyMutants } from './choreography.ts';
import { coreMutants } from './core.ts';
import { databaseMutants } from './database.ts';

const repository = path.resolve(import.meta.dirname, '../..');

// The long campaign tries them; whoever changes one of these places should hear of it at once.
it.each([...coreMutants, ...databaseMutants, ...choreographyMutants])(
  'finds its place: $breaks',
  async ({ file, find }) => {
    const text = await readFile(path.join(repository, file), 'utf8');
    expect(text.split(find)).toHaveLength(2);
  },
);
