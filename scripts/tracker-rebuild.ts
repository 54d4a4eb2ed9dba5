import { rebuildTracker } from '@counterstep/services/rebuild';
import { readCommandLine } from './command-line/command.ts';
import { readConfig } from './stack/config.ts';
import { openDatabase, prepareDatabase } from './stack/database.ts';
import { createTerminal } from './stack/terminal.ts';

// Writes the logs of choreographed sagas anew from the services' outboxes, beside a running product or not.
readCommandLine({
  name: 'pnpm tracker:rebuild',
  does: 'writes the logs of choreographed sagas anew from the outboxes',
  options: {},
});
const terminal = createTerminal();
try {
  const config = readConfig(process.env);
  terminal.heading('Counterstep: logs from the outboxes');
  const opening = openDatabase(config);
  const { url, stop } = await terminal.step('Database', 'opening', opening, (opened) => {
    return opened.description;
  });
  try {
    await prepareDatabase(url, config.serviceUrls);
    const rebuilding = rebuildTracker(
      { main: url, ...config.serviceUrls },
      { onError: (error) => terminal.warn(String(error)) },
    );
    await terminal.step('Rebuild', 'reading outboxes', rebuilding, (done) => {
      return `${done.sagas} sagas: ${done.events} events from ${done.messages} messages`;
    });
  } finally {
    await stop();
  }
} catch (error) {
  terminal.warn(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
