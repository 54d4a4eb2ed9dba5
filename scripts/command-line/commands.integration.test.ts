import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { repository } from '../stack/paths.ts';

const manifest = readFileSync(path.join(repository, 'package.json'), 'utf8');
const { scripts } = JSON.parse(manifest) as { scripts: Record<string, string> };
/** Those that take long, or after which something is gone. */
const commands = Object.entries(scripts).filter(([name]) => /^(bench|start$|db:reset$)/.test(name));

describe('a command', () => {
  it.each(commands)('pnpm %s says what makes no sense, and helps', async (name, script) => {
    const { code, out, error } = await run(script, '--nonsense');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toMatch(new RegExp(`^There is no option --nonsense.\n\npnpm ${name}: `));
  });

  it('helps whoever asks', async () => {
    const { code, out, error } = await run(scripts.bench ?? '', '--help');
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(out).toMatch(/^pnpm bench: /);
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
    const options = { cwd: repository, env: { ...process.env, DATA_DIR: '/nowhere' } };
    const child = execFile(process.execPath, args, options, (_error, out, error) => {
      resolve({ code: child.exitCode, out, error });
    });
  });
}
