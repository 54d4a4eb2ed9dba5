import { randomBytes } from 'node:crypto';
import { readCommandLine } from './command-line/command.ts';
import { startBuild } from './stack/build.ts';
import { claimFolder } from './stack/claim.ts';
import { readConfig } from './stack/config.ts';
import { openDatabase, openingOf, prepareDatabase } from './stack/database.ts';
import { urlFor, waitUntilHealthy } from './stack/health.ts';
import { emptyLogs } from './stack/log-file.ts';
import { dataFolder, logFolder, shown } from './stack/paths.ts';
import { checkPort } from './stack/port.ts';
import { graceMs, type Runtime, startWeb, startWorker } from './stack/processes.ts';
import { runUntilStopped } from './stack/run.ts';
import { supervise } from './stack/supervise.ts';

readCommandLine({
  name: 'pnpm start',
  does: 'starts Counterstep; PORT, HOST, WORKERS, DATA_DIR and DATABASE_URL change how',
  options: {},
});

await runUntilStopped(async ({ terminal, closer, hurry }) => {
  const config = readConfig(process.env);
  terminal.heading('Counterstep');
  const url = urlFor(config.host, config.port);
  await closer.use(claimFolder(dataFolder, url), (release) => release());
  await checkPort(config.host, config.port);
  emptyLogs(logFolder);

  // The build needs no database, and the database no build.
  const build = startBuild(logFolder);
  closer.add(() => build.cancel());
  const opening = closer.use(openDatabase(config), (opened) => opened.stop());
  const database = await terminal.step('Database', openingOf(config), opening, (opened) => {
    return opened.description;
  });
  database.keep(terminal);
  const preparing = prepareDatabase(database.url, config.serviceUrls);
  await terminal.step('Schema', 'migrations and catalogue', preparing);
  await terminal.step('Build', 'dashboard and worker', build.done);

  const runtime: Runtime = {
    ...config,
    databaseUrl: database.url,
    instance: randomBytes(8).toString('hex'),
    logFolder,
  };
  const warn = (text: string) => terminal.warn(text);
  const web = startWeb(runtime);
  const webKeeper = { stop: () => web.stop(graceMs.web) };
  closer.add(() => webKeeper.stop());
  hurry.addEventListener('abort', () => void web.kill());

  const workers = Array.from({ length: config.workers }, (_, index) => {
    const start = () => startWorker(runtime, index + 1);
    return supervise(start(), start, warn);
  });
  closer.add(async () => {
    await Promise.all(workers.map((worker) => worker.stop(graceMs.worker)));
  });
  hurry.addEventListener('abort', () => workers.forEach((worker) => void worker.kill()));

  const noun = config.workers === 1 ? '1 worker' : `${config.workers} workers`;
  const healthy = waitUntilHealthy(url, runtime.instance, web);
  const refused = workers.map((worker) => worker.refused);
  await terminal.step('Processes', `dashboard and ${noun}`, Promise.race([healthy, ...refused]));
  // Only now: a dashboard that cannot start is a reason to stop, not to try again.
  const kept = supervise(web, () => startWeb(runtime), warn);
  webKeeper.stop = () => kept.stop(graceMs.web);
  hurry.addEventListener('abort', () => void kept.kill());
  terminal.ready(url, `Logs in ${shown(logFolder)} · Ctrl-C stops everything`);
});
