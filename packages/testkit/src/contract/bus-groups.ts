import { createAlarm } from '@counterstep/saga-core/engine';
import { expect, it } from 'vitest';
import { type BusHarness, testMessages, witness } from './bus-harness.ts';

/** Members that come, share, end and die; and what is left for them. */
export function busGroupsContract(current: () => BusHarness): void {
  it('goes on where a member that stopped was', async () => {
    const first = witness(current());
    const before = testMessages(5);
    await current().append(before);
    await first.reader.start();
    await first.until(() => first.hasSeen(before));
    await first.caughtUp();
    await first.reader.stop();
    const after = testMessages(5);
    await current().append(after);
    const second = witness(current());
    await second.reader.start();
    await second.until(() => second.hasSeen(after));
    await second.reader.stop();
    expect(second.seen.some(({ messageId }) => before.some((m) => m.messageId === messageId))).toBe(
      false,
    );
  });

  it('lets members share the work, nothing twice while all of them live', async () => {
    const members = () => 2;
    const first = witness(current(), { members });
    const second = witness(current(), { members });
    await Promise.all([first.reader.start(), second.reader.start()]);
    const all = () => [...first.seen, ...second.seen].map(({ messageId }) => messageId);
    const messages = testMessages(80);
    await current().append(messages);
    await first.until(() => {
      second.reader.wake();
      return messages.every(({ messageId }) => all().includes(messageId));
    });
    await Promise.all([first.reader.stop(), second.reader.stop()]);
    expect(new Set(all()).size).toBe(all().length);
    expect(first.seen.length).toBeGreaterThan(0);
    expect(second.seen.length).toBeGreaterThan(0);
  });

  it('gives what a member was reading that has died to the others', async () => {
    const end = createAlarm();
    const begun = createAlarm();
    const dead = witness(current(), {
      handle() {
        begun.wake();
        return end.wait(Infinity);
      },
    });
    await current().append(testMessages(1));
    await dead.reader.start();
    await begun.wait(Infinity);
    const messages = testMessages(40);
    await current().append(messages);
    const heir = witness(current());
    await heir.reader.start();
    await heir.reader.takeOver([dead.member]);
    await heir.until(() => heir.hasSeen(messages));
    await heir.reader.stop();
    end.wake();
    await dead.reader.stop();
  });

  it('reports how far a group is behind, and that it has caught up', async () => {
    const { bus, source, group } = current();
    expect(await bus.lag(source, group)).toEqual({ messages: 0, oldestMs: null });
    const messages = testMessages(12);
    await current().append(messages);
    const behind = await bus.lag(source, group);
    expect(behind.messages).toBe(12);
    expect(behind.oldestMs).toBeGreaterThanOrEqual(0);
    const one = witness(current());
    await one.reader.start();
    await one.caughtUp();
    expect(one.hasSeen(messages)).toBe(true);
    await one.reader.stop();
    expect(await bus.lag(source, group)).toEqual({ messages: 0, oldestMs: null });
  });
}
