import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { repository } from '../stack/paths.ts';

/** A working copy in which source files may be broken without anybody noticing. */
export interface Copy {
  readonly folder: string;
  /** Replaces a text that must occur exactly once; returns how to undo it. */
  change(file: string, find: string, replace: string): Promise<() => Promise<void>>;
  remove(): Promise<void>;
}

const parts = ['packages', 'apps/worker', 'examples', 'scripts'];
const files = [
  'package.json',
  'pnpm-workspace.yaml',
  'tsconfig.base.json',
  'tsconfig.json',
  'vitest.config.ts',
  'vitest.global-setup.ts',
];

/** Copies the sources; the packages' links lead to each other inside the copy, third parties are shared. */
export async function copyRepository(): Promise<Copy> {
  const folder = await mkdtemp(path.join(tmpdir(), 'counterstep-mutants-'));
  for (const part of [...parts, ...files]) {
    await cp(path.join(repository, part), path.join(folder, part), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !/[/\\](?:dist|\.turbo|\.data)$/.test(source),
    });
  }
  await symlink(path.join(repository, 'node_modules'), path.join(folder, 'node_modules'), 'dir');
  return {
    folder,
    async change(file, find, replace) {
      const target = path.join(folder, file);
      const before = await readFile(target, 'utf8');
      const count = before.split(find).length - 1;
      if (count !== 1) throw new Error(`${file} has ${count} places like this one:\n${find}`);
      await writeFile(
        target,
        before.replace(find, () => replace),
      );
      return () => writeFile(target, before);
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
