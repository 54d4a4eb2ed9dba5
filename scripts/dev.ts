import { randomBytes } from 'node:crypto';
import { watch } from 'node:fs';
import path from 'node:path';
import { readCommandLine } from './command-line/command.ts';
import { claimFolder } from './stack/claim.ts';
import { readConfig } from './stack/config.ts';
import { openDatabase, openingOf, prepareDatabase } from './stack/database.ts';
import { urlFor, waitUntilHealthy } from './stack/health.ts';
import { emptyLogs } from './stack/log-file.ts';
import { dataFolder, logFolder, repository, shown, workerFolder } from './stack/paths.ts';
import { checkPort } from './stack/port.ts';
import { graceMs, type Runtime, startWeb, startWorker } from './stack/processes.ts';
import { runUntilStopped } from './stack/run.ts';

/** Editors save in several steps, and formatters once more. */
const settleMs = 200;

// Like the start command, but from the sources: the dashboard reloads, and the worker restarts when
// one of its files changes.
readCommandLine({
  name: 'pnpm dev',
  does: 'starts Counterstep from its sources, and follows them',
  options: {},
});

await runUntilStopped(async ({ terminal, closer, hurry }) => {
  const config = readConfig(process.env);
  terminal.heading('Counterstep, development');
  const url = urlFor(config.host, config.port);
  await closer.use(claimFolder(dataFolder, url), (release) => release());
  await checkPort(config.host, config.port);
  emptyLogs(logFolder);

  const opening = closer.use(openDatabase(config), (opened) => opened.stop());
  const database = await terminal.step('Database', openingOf(config), opening, (opened) => {
    return opened.description;
  });
  database.keep(terminal);
  const preparing = prepareDatabase(database.url, config.serviceUrls);
  await terminal.step('Schema', 'migrations and catalogue', preparing);

  const instance = randomBytes(8).toString('hex');
  const runtime: Runtime = { ...config, databaseUrl: database.url, instance, logFolder };
  const web = startWeb(runtime, 'dev');
  closer.add(() => web.stop(graceMs.web));

  let worker = startWorker(runtime, 1, 'dev');
  closer.add(() => worker.stop(graceMs.worker));
  hurry.addEventListener('abort', () => void Promise.all([web.kill(), worker.kill()]));
  const restart = async () => {
    terminal.note('Sources changed: the worker restarts.');
    await worker.stop(graceMs.worker);
    if (!stopped) worker = startWorker(runtime, 1, 'dev');
  };

  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const sources = ['saga-core', 'db', 'services'].map((name) => {
    return path.join(repository, 'packages', name, 'src');
  });
  const watchers = [...sources, path.join(workerFolder, 'src')].map((folder) =>
    watch(folder, { recursive: true }, (_event, file) => {
      if (!file?.endsWith('.ts') || file.endsWith('.test.ts')) return;
      clearTimeout(timer);
      timer = setTimeout(() => void restart(), settleMs);
    }),
  );
  closer.add(() => {
    stopped = true;
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  });

  await terminal.step('Processes', 'next dev and one worker', waitUntilHealthy(url, instance, web));
  terminal.ready(url, `Logs in ${shown(logFolder)} · Ctrl-C stops everything`);
});
