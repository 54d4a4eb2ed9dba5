import { describe, expect, it } from 'vitest';
import { sleep } from '@counterstep/saga-core/engine';
import { createRandom, createSimulation } from '../src/time/index.ts';

/** Three sleepers and a process that is stopped in between: enough for order to matter. */
async function exercise(seed: number) {
  const sim = createSimulation({ seed, keepsTrace: true });
  const seen: string[] = [];
  const sleeper = async (name: string) => {
    const { clock } = sim.process(name);
    for (let turn = 0; turn < 5; turn += 1) {
      await sleep(clock, sim.delay(0, 20));
      seen.push(`${name}${turn}`);
      clock.defer(() => seen.push(`${name} deferred`));
    }
  };
  for (const name of ['a', 'b', 'c']) void sleeper(name);
  expect(await sim.run(() => false)).toBe('idle');
  return { seen, trace: sim.trace };
}

describe('a simulation', () => {
  it('replays exactly from its seed', async () => {
    const [one, other] = [await exercise(7), await exercise(7)];
    expect(other.trace.hash).toBe(one.trace.hash);
    expect(other.trace.lines).toEqual(one.trace.lines);
    expect(other.seen).toEqual(one.seen);
  });

  it('takes another course with another seed', async () => {
    const hashes = await Promise.all(Array.from({ length: 50 }, (_, seed) => exercise(seed)));
    expect(new Set(hashes.map(({ trace }) => trace.hash)).size).toBe(50);
  });

  it('jumps over time in which nothing happens, and never wakes anybody early', async () => {
    const sim = createSimulation({ seed: 1 });
    const startMs = sim.nowMs;
    let wokenMs = 0;
    void sleep(sim.clock, 86_400_000).then(() => {
      wokenMs = sim.nowMs;
    });
    expect(await sim.run(() => wokenMs > 0, { virtualMsMax: 2 * 86_400_000 })).toBe('done');
    expect(wokenMs - startMs).toBeGreaterThanOrEqual(86_400_000);
    expect(wokenMs - startMs).toBeLessThan(86_400_010);
  });

  it('lets what is due at once happen in different orders, and what is far apart in one', async () => {
    const orders = new Set<string>();
    for (let seed = 0; seed < 40; seed += 1) {
      const sim = createSimulation({ seed });
      const seen: string[] = [];
      for (const name of ['a', 'b']) sim.later(10, name, () => seen.push(name));
      sim.later(50, 'last', () => seen.push('last'));
      await sim.run(() => false);
      orders.add(seen.join(' '));
    }
    expect([...orders].sort()).toEqual(['a b last', 'b a last']);
  });

  it('does not do what has been called off', async () => {
    const sim = createSimulation({ seed: 1 });
    let isDone = false;
    const callOff = sim.clock.after(1_000, () => {
      isDone = true;
    });
    sim.later(5, 'call off', callOff);
    expect(await sim.run(() => isDone)).toBe('idle');
  });

  it('ends when its limits are reached', async () => {
    const sim = createSimulation({ seed: 1 });
    const again = () => sim.later(1, 'again', again);
    again();
    expect(await sim.run(() => false, { stepsMax: 10 })).toBe('spent');
    expect(await sim.run(() => false, { virtualMsMax: 100 })).toBe('spent');
  });
});

describe('a process', () => {
  it('that is killed never wakes again', async () => {
    const sim = createSimulation({ seed: 1 });
    const process = sim.process('p');
    let woken = false;
    void sleep(process.clock, 10).then(() => {
      woken = true;
    });
    sim.later(5, 'kill', () => process.kill());
    await sim.run(() => false);
    expect(woken).toBe(false);
  });

  it('that is paused finds everything waiting when it goes on', async () => {
    const sim = createSimulation({ seed: 1 });
    const process = sim.process('p');
    let wokenMs = 0;
    const startMs = sim.nowMs;
    void sleep(process.clock, 10).then(() => {
      wokenMs = sim.nowMs - startMs;
    });
    process.pause();
    sim.later(500, 'resume', () => process.resume());
    await sim.run(() => false);
    expect(wokenMs).toBeGreaterThanOrEqual(500);
  });
});

describe('a random source', () => {
  it('is uniform enough, and within its bounds', () => {
    const random = createRandom(42);
    const counts = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 10_000; i += 1) {
      const drawn = random.integer(0, 9);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(150);
    expect(() => random.pick([])).toThrow('nothing to pick from');
  });
});
