import { Barrier } from '@counterstep/testkit/memory';
import { describe, expect, it } from 'vitest';
import { exploreAll, judgeAlways, judgeEnd } from './explore.ts';

describe('one order, its messages late, doubled and overtaken in every combination', () => {
  const { worlds, ends, steps, copies, ways } = exploreAll();

  it('does nothing twice, and ships nothing that is undone', () => {
    console.log(
      `worlds: ${worlds.length}, ${ends.length} of them ends; steps ${steps}, copies ${copies}, ways ${ways}`,
    );
    expect(worlds.length).toBeGreaterThan(50);
    expect(worlds.flatMap(judgeAlways)).toEqual([]);
  });

  it('ends confirmed with everything, or called off with nothing owed', () => {
    expect(ends.flatMap(judgeEnd)).toEqual([]);
  });

  it('can end in either way, by a no, a give-up or a cancel at every place', () => {
    const said = new Set(ends.flatMap(({ messages }) => messages.map(({ type }) => type)));
    const reports = new Set(
      ends.flatMap(({ messages }) => messages.map(({ step, report }) => `${step} ${report.kind}`)),
    );
    expect(said).toContain('OrderConfirmed');
    for (const step of [
      'order.create',
      'inventory.reserve',
      'payment.charge',
      'shipment.initiate',
    ]) {
      expect(reports).toContain(`${step} rejected`);
      expect(reports).toContain(`${step} closed`);
    }
  });
});

describe('the model notices', () => {
  it('a barrier that forgets tombstones', () => {
    class Forgetful extends Barrier {
      override execute(...[command, nowMs, decide]: Parameters<Barrier['execute']>) {
        for (const [key, effect] of this.effects) {
          if (effect.outcome === 'closed') this.effects.delete(key);
        }
        return super.execute(command, nowMs, decide);
      }
    }
    const { worlds, ends } = exploreAll(() => new Forgetful());
    expect([...worlds.flatMap(judgeAlways), ...ends.flatMap(judgeEnd)]).not.toEqual([]);
  });

  it('a barrier that does again what it has done', () => {
    class Naive extends Barrier {
      override execute(...[command, nowMs, decide]: Parameters<Barrier['execute']>) {
        const done = decide(undefined);
        const answered = super.execute(command, nowMs, decide);
        const isCopy = 'duplicate' in answered.outcome && answered.outcome.duplicate;
        return isCopy && done.kind === 'applied' ? { ...answered, isEffect: true } : answered;
      }
    }
    const { worlds } = exploreAll(() => new Naive());
    expect(worlds.flatMap(judgeAlways)).not.toEqual([]);
  });
});
