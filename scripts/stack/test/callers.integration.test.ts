import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { checkPort } from '../port.ts';
import { endProducts, postmasterOf, type Product, startProduct } from './product.ts';

const ready = /Ctrl-C stops everything/;

afterEach(endProducts, 60_000);

describe('start, when whoever called it is gone', () => {
  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'ends all and leaves nothing, after %s to pnpm',
    async (signal) => {
      const product = await startProduct({ command: ['pnpm', 'start'] });
      await product.says(ready);
      expect(processesOf(product).length).toBeGreaterThan(5);
      expect(await postmasterOf(product)).toBeDefined();

      product.process.kill(signal);
      const { said } = await product.ended;
      expect(said).toMatch(/Stopped\./);
      expect(processesOf(product)).toEqual([]);
      expect(await postmasterOf(product)).toBeUndefined();
      await checkPort('127.0.0.1', Number(new URL(product.url).port));
    },
    180_000,
  );

  it('shuts the database down although nobody reads what it says any more', async () => {
    const product = await startProduct();
    await product.says(/✓ Database/);
    product.process.stdout?.destroy();
    product.process.stderr?.destroy();
    product.process.kill('SIGTERM');
    expect((await product.ended).how).toBe(0);
    expect(await postmasterOf(product)).toBeUndefined();
  }, 60_000);

  it('goes on when it was run by itself', async () => {
    const script = 'node --import tsx scripts/start.ts & exit';
    const product = await startProduct({ command: ['sh', '-c', script] });
    await product.says(ready);
    expect(product.process.exitCode).toBe(0);
    expect((await fetch(`${product.url}/api/health`)).status).toBe(200);
  }, 180_000);
});

/** Every process that was started with the product's folder, but for the server: it hides that. */
function processesOf({ dataDir }: Product): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(dataDir);
    } catch {
      return false;
    }
  });
}
