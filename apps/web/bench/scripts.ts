import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { webFolder } from '../../../scripts/stack/paths.ts';

interface Route {
  readonly route: string;
  readonly firstLoadChunkPaths: readonly string[];
}

interface Scripts {
  /** What every route loads. */
  readonly sharedBytes: number;
  /** What each loads at first, shared ones among it; largest first. */
  readonly routes: readonly { readonly route: string; readonly bytes: number }[];
}

/** Scripts of the build that is there, gzipped as a server would send them. */
export function readScripts(): Scripts {
  const file = path.join(webFolder, '.next/diagnostics/route-bundle-stats.json');
  const stats = JSON.parse(readFileSync(file, 'utf8')) as readonly Route[];
  const sizes = new Map<string, number>();
  const sizeOf = (chunk: string): number => {
    const known = sizes.get(chunk) ?? gzipSync(readFileSync(path.join(webFolder, chunk))).length;
    sizes.set(chunk, known);
    return known;
  };
  const sum = (chunks: readonly string[]) =>
    chunks.reduce((bytes, chunk) => bytes + sizeOf(chunk), 0);
  const [first, ...rest] = stats.map(({ firstLoadChunkPaths }) => firstLoadChunkPaths);
  const shared = (first ?? []).filter((chunk) => rest.every((chunks) => chunks.includes(chunk)));
  return {
    sharedBytes: sum(shared),
    routes: stats
      .map(({ route, firstLoadChunkPaths }) => ({ route, bytes: sum(firstLoadChunkPaths) }))
      .toSorted((a, b) => b.bytes - a.bytes),
  };
}
