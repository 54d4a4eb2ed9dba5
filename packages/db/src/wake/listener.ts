import { setTimeout as delay } from 'node:timers/promises';
import postgres from 'postgres';
import { channel, type Topic } from './notifier.ts';

export interface Listener {
  stop(): Promise<void>;
}

const retryMs = 200;

/**
 * Calls back at every notification, on a direct connection of its own. When that is lost another one
 * is opened, for as long as it takes; `listen` of postgres.js gives up after its first failure.
 * Resolves once the first connection listens.
 */
export async function listen(
  url: string,
  applicationName: string,
  onWake: (topic: Topic) => void,
): Promise<Listener> {
  let stopped = false;
  let reopening = false;
  let current: postgres.Sql | undefined;

  async function open(): Promise<void> {
    const settings = {
      max: 1,
      max_lifetime: null,
      fetch_types: false,
      onnotice: () => undefined,
      // Read by postgres.js though its types do not list it.
      onnotify: (_channel: string, topic: string) => onWake(topic as Topic),
      onclose: () => void reopen(),
      connection: { application_name: applicationName },
    };
    current = postgres(url, settings);
    await current.unsafe(`listen ${channel}`);
  }

  async function close(seconds: number): Promise<void> {
    const last = current;
    current = undefined;
    await last?.end({ timeout: seconds });
  }

  /** While nobody answers, everybody who listens polls. */
  async function reopen(): Promise<void> {
    if (stopped || reopening) return;
    reopening = true;
    for (let isOpen = false; !isOpen && !stopped;) {
      await close(0);
      await delay(retryMs * (0.5 + Math.random()));
      isOpen = await open().then(
        () => true,
        () => false,
      );
    }
    reopening = false;
    if (stopped) await close(0);
  }

  await open();
  return {
    async stop() {
      stopped = true;
      await close(1);
    },
  };
}
