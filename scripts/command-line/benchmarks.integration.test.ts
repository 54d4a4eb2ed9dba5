import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { repository } from '../stack/paths.ts';

const manifest = readFileSync(path.join(repository, 'package.json'), 'utf8');
const { scripts } = JSON.parse(manifest) as { scripts: Record<string, string> };
const benchmarks = Object.entries(scripts).filter(([name]) => name.startsWith('bench'));

describe('a benchmark', () => {
  it.each(benchmarks)('pnpm %s helps, and says what makes no sense', async (name, script) => {
    const [help, refusal] = await Promise.all([run(script, '--help'), run(script, '--nonsense')]);
    expect(help).toMatchObject({ code: 0, error: '' });
    expect(help.out).toMatch(new RegExp(`^pnpm ${name}: `));
    expect(refusal).toMatchObject({ code: 2, out: '' });
    expect(refusal.error).toBe(`There is no option --nonsense.\n\n${help.out}`);
  });
});

interface End {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

function run(script: string, argument: string): Promise<End> {
  const args = [...script.split(' ').slice(1), argument];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, { cwd: repository }, (_error, out, error) => {
      resolve({ code: child.exitCode, out, error });
    });
  });
}
