import postgres from 'postgres';
import { channel, type Topic } from './notifier.ts';

/** Calls back at every notification, on a direct connection of its own that reopens when it is lost. */
export async function listen(
  url: string,
  applicationName: string,
  onWake: (topic: Topic) => void,
): Promise<{ stop(): Promise<void> }> {
  const sql = postgres(url, {
    max: 1,
    fetch_types: false,
    onnotice: () => undefined,
    connection: { application_name: applicationName },
  });
  await sql.listen(channel, (topic) => onWake(topic as Topic));
  return { stop: () => sql.end({ timeout: 1 }) };
}
